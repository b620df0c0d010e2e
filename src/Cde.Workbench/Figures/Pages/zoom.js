// Zoom and pan: the wheel with Ctrl or the Command key, dragging, buttons; a double click shows all again.
parts.push(view => {
    const { figure, svg, plot } = view;
    if (!plot)
        return;
    const inner = plot.querySelector(".zoom");
    const area = Object.fromEntries(["x", "y", "width", "height"].map(name => [name, Number(plot.getAttribute(name))]));
    const isAcross = plot.dataset.zoom === "x";
    const most = 200;
    Object.assign(view, { area, zoom: { k: 1, x: 0, y: 0, ky: 1 }, zoomed: [], draw });

    let waiting = 0;
    function draw() {
        waiting ||= requestAnimationFrame(() => {
            waiting = 0;
            const { k, ky, x, y } = view.zoom;
            inner.setAttribute("transform", `matrix(${k} 0 0 ${ky} ${x} ${y})`);
            inner.style.setProperty("--k", k);
            for (const call of view.zoomed)
                call();
        });
    }

    function set(k, x, y) {
        const ky = isAcross ? 1 : k;
        view.zoom = { k, ky, x: Math.min(0, Math.max(area.width * (1 - k), x)), y: Math.min(0, Math.max(area.height * (1 - ky), y)) };
        view.hide();
        draw();
    }

    // The place under the pointer stays where it is.
    function by(factor, place) {
        const { k, ky, x, y } = view.zoom, next = Math.min(most, Math.max(1, k * factor)), nextY = isAcross ? 1 : next;
        const [left, top] = [place.x - area.x, place.y - area.y];
        set(next, left - (left - x) * next / k, top - (top - y) * nextY / ky);
    }
    const middle = { x: area.x + area.width / 2, y: area.y + area.height / 2 };
    view.isInside = place => place.x >= area.x && place.y >= area.y && place.x <= area.x + area.width && place.y <= area.y + area.height;

    svg.addEventListener("wheel", event => {
        const place = view.place(event);
        if (!(event.ctrlKey || event.metaKey) || !view.isInside(place))
            return;
        event.preventDefault();
        by(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.002)), place);
    }, { passive: false });

    let drag = null;
    plot.addEventListener("pointerdown", event => {
        if (event.button === 0)
            drag = { from: view.place(event), ...view.zoom };
    });
    svg.addEventListener("pointermove", event => {
        if (!drag || !(event.buttons & 1)) {
            drag = null;
            return;
        }
        const place = view.place(event);
        set(drag.k, drag.x + place.x - drag.from.x, drag.y + place.y - drag.from.y);
    });
    plot.addEventListener("dblclick", event => {
        event.preventDefault();
        set(1, 0, 0);
    });

    if (area.width < 120 || area.height < 60)
        return; // they would cover what they zoom
    const buttons = figure.querySelector(".cde-body").appendChild(document.createElement("div"));
    buttons.className = "cde-buttons";
    buttons.style.right = `${100 * (1 - (area.x + area.width) / view.box.width)}%`;
    buttons.style.top = `${100 * area.y / view.box.height}%`;
    for (const [sign, name, act] of [["+", "zoom in", () => by(1.6, middle)], ["−", "zoom out", () => by(1 / 1.6, middle)], ["⤢", "show all", () => set(1, 0, 0)]]) {
        const button = buttons.appendChild(document.createElement("button"));
        Object.assign(button, { type: "button", textContent: sign, title: `${name} (Ctrl + wheel zooms, dragging moves, a double click shows all)` });
        button.setAttribute("aria-label", name);
        button.addEventListener("click", act);
    }
});
