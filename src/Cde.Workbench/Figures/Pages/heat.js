// A heat map's names follow its cells, and a picture of many cells tells its values.
parts.push(view => {
    const { svg, plot, figure } = view;
    if (!plot?.classList.contains("heat"))
        return;
    const { area } = view;
    const rows = [...svg.querySelectorAll(".rows text")].map(text => ({ text, at: Number(text.getAttribute("y")) - 4 }));
    const columns = [...svg.querySelectorAll(".columns>g")].map(group => {
        const [, x, y] = group.getAttribute("transform").match(/translate\((\S+) (\S+)\)/).map(Number);
        return { group, at: x - 4, y };
    });
    view.zoomed.push(() => {
        const { k, x, y } = view.zoom;
        for (const { text, at } of rows) {
            const place = area.y + (at - area.y) * k + y;
            text.setAttribute("y", place + 4);
            text.classList.toggle("out", place < area.y || place > area.y + area.height);
        }
        for (const { group, at, y: top } of columns) {
            const place = area.x + (at - area.x) * k + x;
            group.setAttribute("transform", `translate(${place + 4} ${top}) rotate(-90)`);
            group.classList.toggle("out", place < area.x || place > area.x + area.width);
        }
    });

    const data = figure.querySelector(".cde-data");
    if (!data)
        return;
    const bytes = Uint8Array.from(atob(data.dataset.values), letter => letter.charCodeAt(0)), values = new Float32Array(bytes.buffer);
    const { rowNames, columnNames, valueLabel } = JSON.parse(data.dataset.names);
    view.readers.push(place => {
        if (!place || !view.isInside(place))
            return null;
        const column = Math.floor((place.x - area.x - view.zoom.x) / view.zoom.k / area.width * columnNames.length);
        const row = Math.floor((place.y - area.y - view.zoom.y) / view.zoom.k / area.height * rowNames.length);
        const value = values[row * columnNames.length + column];
        return value === undefined ? null : `${valueLabel} ${value.toFixed(4)}\n${rowNames[row]} × ${columnNames[column]}`;
    });
});
