// Points by the hundred thousand: drawn pixel by pixel into a canvas under the drawing, found again through a grid of cells.
parts.push(view => {
    const { figure, svg, plot } = view, data = figure.querySelector(".cde-data[data-places]");
    if (!data)
        return;
    const { area } = view;
    const bytes = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
    const places = new Float32Array(bytes(data.dataset.places).buffer), groups = new Int16Array(bytes(data.dataset.groups).buffer);
    const count = groups.length, names = JSON.parse(data.dataset.names), colours = Number(data.dataset.colours);
    plot.querySelector(".points").replaceChildren();
    const note = svg.querySelector("text.sampled");
    if (note)
        note.textContent = data.dataset.note;

    const body = figure.querySelector(".cde-body"), canvas = document.createElement("canvas");
    body.insertBefore(canvas, body.firstChild);
    const share = (value, whole) => `${100 * value / whole}%`;
    Object.assign(canvas.style, {
        left: share(area.x, view.box.width), top: share(area.y, view.box.height),
        width: share(area.width, view.box.width), height: share(area.height, view.box.height),
    });
    const pen = canvas.getContext("2d", { alpha: false });
    let shown = view.zoom, image, pixels, ratio = 1, palette, back;

    function size() {
        // Twice the pixels take four times as long, and add little among so many points.
        ratio = Math.min(view.ratio() * devicePixelRatio, 1.5);
        canvas.width = Math.max(1, Math.round(area.width * ratio));
        canvas.height = Math.max(1, Math.round(area.height * ratio));
        image = pen.createImageData(canvas.width, canvas.height);
        pixels = new Uint32Array(image.data.buffer);
        view.draw();
    }

    // Colours are the style's, so that they follow the page's theme.
    function theme() {
        const probe = svg.appendChild(document.createElementNS(space, "g"));
        const read = (element, property) => (getComputedStyle(element)[property].match(/[\d.]+/g) ?? [255, 255, 255]).slice(0, 3).map(Number);
        palette = Array.from({ length: colours + 1 }, (_, colour) => {
            probe.setAttribute("class", colour === colours ? "noise" : `c${colour}`);
            return read(probe, "color");
        });
        probe.remove();
        back = read(figure, "backgroundColor");
        view.draw();
    }

    // A disc as offsets with how much of each pixel it covers.
    let disc = null;
    function stamp(radius) {
        const key = Math.round(radius * 8) / 8;
        if (disc?.key === key && disc.width === canvas.width)
            return disc;
        const [offsets, cover, core] = [[], [], []], reach = Math.ceil(key);
        for (let y = -reach; y <= reach; y++) {
            for (let x = -reach; x <= reach; x++) {
                const part = Math.max(0, Math.min(1, key + 0.5 - Math.hypot(x, y)));
                if (part > 0) {
                    offsets.push(y * canvas.width + x);
                    cover.push(Math.round(part * 190)); // of 256: what lies below shows through
                }
                if (part > 0.5)
                    core.push(y * canvas.width + x);
            }
        }
        disc = { key, width: canvas.width, reach, offsets: Int32Array.from(offsets), cover: Int32Array.from(cover), core: Int32Array.from(core) };
        return disc;
    }

    // Each group's colour as a pixel: its alpha is 0 where the group is hidden.
    function inks() {
        const ink = palette.map(([red, green, blue]) => (255 << 24 | blue << 16 | green << 8 | red) >>> 0);
        const all = new Uint32Array(names.length + 1);
        for (let group = -1; group < names.length; group++)
            all[group + 1] = view.hidden.has(String(group)) ? 0 : ink[group < 0 ? colours : group % colours];
        return all;
    }

    // While it moves a point has no soft edge, which takes a third of the time; once it rests, all are drawn again.
    let resting = 0;
    function draw(isMoving) {
        clearTimeout(resting);
        if (isMoving)
            resting = setTimeout(() => draw(false), 120);
        const { width, height } = canvas, { k, x: moveX, y: moveY } = view.zoom, all = inks();
        pixels.fill((255 << 24 | back[2] << 16 | back[1] << 8 | back[0]) >>> 0);
        const { reach, offsets, cover, core } = stamp((count > 30000 ? 1.3 : 1.7) * ratio * Math.min(3, k ** 0.3));
        const scale = k * ratio, addX = moveX * ratio, addY = moveY * ratio, right = width - reach, bottom = height - reach;
        for (let point = 0; point < count; point++) {
            const ink = all[groups[point] + 1], x = (places[2 * point] * scale + addX) | 0, y = (places[2 * point + 1] * scale + addY) | 0;
            if (ink === 0 || x < reach || y < reach || x >= right || y >= bottom)
                continue;
            const middle = y * width + x;
            if (isMoving) {
                for (let i = 0; i < core.length; i++)
                    pixels[middle + core[i]] = ink;
                continue;
            }
            const red = ink & 255, green = ink >> 8 & 255, blue = ink >> 16 & 255;
            for (let i = 0; i < offsets.length; i++) {
                const at = middle + offsets[i], below = pixels[at], part = cover[i];
                const r = below & 255, g = below >> 8 & 255, b = below >> 16 & 255;
                pixels[at] = 0xff000000 | (b + ((blue - b) * part >> 8)) << 16 | (g + ((green - g) * part >> 8)) << 8 | (r + ((red - r) * part >> 8));
            }
        }
        pen.putImageData(image, 0, 0);
    }

    // Points by cell of the plot, cells in rows: `first` says where each cell's points begin.
    const across = 256, down = 256, cellOf = new Uint16Array(count), first = new Int32Array(across * down + 1), order = new Int32Array(count);
    const clamp = (value, limit) => Math.max(0, Math.min(limit - 1, Math.floor(value)));
    for (let point = 0; point < count; point++) {
        cellOf[point] = clamp(places[2 * point + 1] / area.height * down, down) * across + clamp(places[2 * point] / area.width * across, across);
        first[cellOf[point] + 1]++;
    }
    for (let cell = 0; cell < across * down; cell++)
        first[cell + 1] += first[cell];
    const next = first.slice();
    for (let point = 0; point < count; point++)
        order[next[cellOf[point]]++] = point;

    function nearest(x, y, reach) {
        let best = -1, least = reach * reach;
        for (let row = clamp((y - reach) / area.height * down, down); row <= clamp((y + reach) / area.height * down, down); row++) {
            for (let column = clamp((x - reach) / area.width * across, across); column <= clamp((x + reach) / area.width * across, across); column++) {
                for (let i = first[row * across + column]; i < first[row * across + column + 1]; i++) {
                    const point = order[i], away = (places[2 * point] - x) ** 2 + (places[2 * point + 1] - y) ** 2;
                    if (away <= least && !view.hidden.has(String(groups[point])))
                        [best, least] = [point, away];
                }
            }
        }
        return best;
    }

    let texts = null;
    async function unpack() {
        texts = [];
        const stream = new Blob([bytes(data.dataset.texts)]).stream().pipeThrough(new DecompressionStream("gzip"));
        texts = (await new Response(stream).text()).split("\n");
    }
    const ring = plot.appendChild(document.createElementNS(space, "circle"));
    ring.setAttribute("class", "ring");
    ring.setAttribute("r", 6);
    view.readers.push((place, text) => {
        const { k, x, y } = view.zoom;
        const point = place && !text && view.isInside(place) ? nearest((place.x - area.x - x) / k, (place.y - area.y - y) / k, 8 / k) : -1;
        ring.classList.toggle("out", point < 0);
        if (point < 0)
            return null;
        ring.setAttribute("cx", places[2 * point] * k + x);
        ring.setAttribute("cy", places[2 * point + 1] * k + y);
        if (!texts && data.dataset.texts)
            unpack();
        const [id, snippet] = (texts?.[point] ?? "").split("\t"), name = groups[point] < 0 ? data.dataset.noise : names[groups[point]];
        return [[id, name].filter(part => part).join(" · "), snippet].filter(part => part).join("\n") || null;
    });

    view.zoomed.push(() => {
        draw(view.zoom !== shown);
        shown = view.zoom;
        ring.classList.add("out");
    });
    view.changed.push(view.draw);
    ring.classList.add("out");
    theme();
    size();
    new ResizeObserver(size).observe(svg);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", theme);
    figure.addEventListener("pointerenter", theme);
});
