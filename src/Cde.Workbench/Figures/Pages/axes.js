// Ticks and grid of a zoomed chart, and the values of lines at the pointer.
parts.push(view => {
    const { svg, plot } = view;
    if (!plot?.dataset.x)
        return;
    const { area } = view;
    function scale(text) {
        const [from, to, log] = text.split(" ");
        const of = log ? value => Math.log10(value) : value => value, back = log ? value => 10 ** value : value => value;
        const [low, high] = [of(Number(from)), of(Number(to))];
        return { isLog: !!log, share: value => (of(value) - low) / (high - low), value: share => back(low + share * (high - low)) };
    }
    const x = scale(plot.dataset.x), y = scale(plot.dataset.y);
    const axes = [svg.querySelector(".axis-x"), svg.querySelector(".axis-y")];
    const first = axes.map(axis => axis.innerHTML);

    function ticks(from, to, isLog) {
        if (isLog && to / from > 20) {
            const all = [];
            for (let power = Math.ceil(Math.log10(from) - 1e-9); 10 ** power <= to * 1.000001; power++)
                all.push(10 ** power);
            return all;
        }
        const rough = (to - from) / 5, power = 10 ** Math.floor(Math.log10(rough));
        const step = [1, 2, 2.5, 5, 10].map(factor => factor * power).find(candidate => candidate >= rough * 0.999999);
        const all = [];
        for (let tick = Math.ceil(from / step - 1e-9); tick * step <= to + step * 1e-9; tick++)
            all.push(Number((tick * step).toPrecision(12)));
        return all;
    }

    function element(parent, name, attributes, text) {
        const made = parent.appendChild(document.createElementNS(space, name));
        for (const [key, value] of Object.entries(attributes))
            made.setAttribute(key, value);
        if (text !== undefined)
            made.textContent = text;
    }

    view.zoomed.push(() => {
        const { k, ky, x: moveX, y: moveY } = view.zoom;
        if (k === 1) {
            axes.forEach((axis, i) => { axis.innerHTML = first[i]; });
            return;
        }
        axes.forEach(axis => axis.replaceChildren());
        const bottom = area.y + area.height;
        let free = -Infinity;
        for (const tick of ticks(x.value(-moveX / k / area.width), x.value((area.width - moveX) / k / area.width), x.isLog)) {
            const at = area.x + x.share(tick) * area.width * k + moveX, text = tick.toLocaleString("en");
            element(axes[0], "line", { x1: at, x2: at, y1: bottom, y2: bottom + 4, class: "grid", stroke: "#d8dee4" });
            if (at - text.length * 3.4 > free) {
                element(axes[0], "text", { x: at, y: bottom + 18, "text-anchor": "middle", "font-size": 11 }, text);
                free = at + text.length * 3.4 + 4;
            }
        }
        for (const tick of ticks(y.value(1 - (area.height - moveY) / ky / area.height), y.value(1 + moveY / ky / area.height), y.isLog)) {
            const at = area.y + (1 - y.share(tick)) * area.height * ky + moveY;
            element(axes[1], "line", { x1: area.x, x2: area.x + area.width, y1: at, y2: at, class: "grid", stroke: "#d8dee4" });
            element(axes[1], "text", { x: area.x - 6, y: at + 4, "text-anchor": "end", "font-size": 11 }, tick.toLocaleString("en"));
        }
    });

    const lines = [...plot.querySelectorAll("[data-v]")].map(line => ({
        series: line.dataset.s, name: line.dataset.name, points: line.dataset.v.split(" ").map(point => point.split(",").map(Number)),
    }));
    if (lines.length === 0)
        return;
    view.readers.push((place, text) => {
        if (!place || !view.isInside(place) || (text && text.includes("\n")))
            return null;
        const at = x.value((place.x - area.x - view.zoom.x) / view.zoom.k / area.width);
        const shown = lines.filter(line => !view.hidden.has(line.series) && line.points.length > 0);
        if (shown.length === 0)
            return null;
        const away = point => Math.abs(x.share(point[0]) - x.share(at));
        const nearest = shown.map(line => line.points.reduce((best, point) => away(point) < away(best) ? point : best));
        const place0 = nearest.reduce((best, point) => away(point) < away(best) ? point : best)[0];
        return [`${plot.dataset.name} ${place0.toLocaleString("en")}`, ...shown.map((line, i) => nearest[i][0] === place0 ? `${line.name}: ${nearest[i][1]}` : null).filter(line => line)].join("\n");
    });
});
