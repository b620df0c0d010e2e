// A map's names keep their size, and stand where no larger group's name stands, at every zoom.
parts.push(view => {
    const { plot } = view;
    if (!plot?.querySelector(".labels"))
        return;
    const { area } = view, line = 15, most = 40;
    const labels = [...plot.querySelectorAll(".labels>g")].map(group => {
        const text = group.firstElementChild;
        return { group, text, x: Number(group.dataset.x), y: Number(group.dataset.y), half: 0 };
    });
    function place() {
        const { k, x: moveX, y: moveY } = view.zoom, taken = [];
        for (const label of labels) {
            if (!label.half) {
                label.group.removeAttribute("display");
                label.half = label.text.getComputedTextLength() / 2 + 2;
            }
            const x = label.x * k + moveX, y = label.y * k + moveY;
            let at = null;
            if (x > 0 && y > 0 && x < area.width && y < area.height && taken.length < most && !view.hidden.has(label.group.dataset.s)) {
                const middle = Math.min(Math.max(x, Math.min(label.half + 2, area.width / 2)), Math.max(area.width - label.half - 2, area.width / 2));
                for (const shift of [0, -1, 1, -2, 2]) {
                    const top = Math.min(Math.max(y + shift * line, line), area.height - line);
                    if (!taken.some(other => Math.abs(other.x - middle) < other.half + label.half && Math.abs(other.y - top) < line)) {
                        at = { x: middle, y: top, half: label.half };
                        break;
                    }
                }
            }
            if (at) {
                taken.push(at);
                label.text.setAttribute("x", at.x);
                label.text.setAttribute("y", at.y + 4);
                label.group.removeAttribute("display");
            } else
                label.group.setAttribute("display", "none");
        }
    }
    view.zoomed.push(place);
    view.changed.push(place);
});
