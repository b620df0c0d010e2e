// What every figure has: hints where the pointer is, and a legend that shows and hides series.
// Other parts add themselves to `parts`; each is called with the view of one figure.
const space = "http://www.w3.org/2000/svg";
const parts = [];

function start(figure) {
    const svg = figure.querySelector("svg");
    const view = {
        figure, svg,
        box: svg.viewBox.baseVal,
        plot: svg.querySelector("svg.plot"),
        hidden: new Set(),
        // Called with the pointer's place in the drawing's units where no mark has a hint; gives lines of text, or null.
        readers: [],
        // Called when series are shown or hidden.
        changed: [],
        ratio: () => svg.getBoundingClientRect().width / view.box.width,
    };
    view.place = event => {
        const around = svg.getBoundingClientRect(), ratio = view.ratio();
        return { x: (event.clientX - around.left) / ratio, y: (event.clientY - around.top) / ratio };
    };
    const title = svg.querySelector(":scope>title");
    if (title) {
        svg.setAttribute("aria-label", title.textContent);
        title.remove();
    }
    startHints(view);
    startLegend(view);
    for (const part of parts)
        part(view);
}

function startHints(view) {
    const { figure, svg } = view;
    const hints = new WeakMap();
    const tip = figure.appendChild(document.createElement("div"));
    tip.className = "cde-tip";
    tip.setAttribute("role", "status");
    tip.hidden = true;

    // The browser's own hint would come as well, so a mark's title is taken from it the first time it is pointed at.
    function hintOf(target) {
        for (let element = target; element && element !== svg; element = element.parentNode) {
            if (hints.has(element))
                return hints.get(element);
            const title = element.querySelector?.(":scope>title");
            if (title) {
                hints.set(element, title.textContent);
                element.setAttribute("aria-label", title.textContent);
                title.remove();
                return hints.get(element);
            }
        }
        return null;
    }

    view.hide = () => { tip.hidden = true; };
    function show(event) {
        const place = view.place(event);
        let text = svg.contains(event.target) ? hintOf(event.target) : null;
        for (const read of view.readers)
            text = read(place, text) ?? text;
        if (!text) {
            view.hide();
            return;
        }
        const [first, ...rest] = text.split("\n");
        tip.replaceChildren(Object.assign(document.createElement("b"), { textContent: first }));
        for (const line of rest)
            tip.appendChild(document.createElement("div")).textContent = line;
        tip.hidden = false;
        const around = figure.getBoundingClientRect();
        const x = event.clientX - around.left + 14, y = event.clientY - around.top + 16;
        tip.style.left = Math.max(0, Math.min(x, around.width - tip.offsetWidth - 2)) + "px";
        tip.style.top = (y + tip.offsetHeight > around.height ? Math.max(0, y - tip.offsetHeight - 26) : y) + "px";
    }
    svg.addEventListener("pointermove", show);
    svg.addEventListener("pointerdown", show);
    figure.addEventListener("pointerleave", () => {
        for (const read of view.readers)
            read(null, null);
        view.hide();
    });
}

function startLegend(view) {
    const keys = [...view.svg.querySelectorAll(".key")];
    function apply() {
        for (const key of keys) {
            const isHidden = view.hidden.has(key.dataset.s);
            key.classList.toggle("off", isHidden);
            key.setAttribute("aria-pressed", String(!isHidden));
        }
        for (const mark of view.svg.querySelectorAll("[data-s]:not(.key)"))
            mark.classList.toggle("out", view.hidden.has(mark.dataset.s));
        for (const call of view.changed)
            call();
    }
    function toggle(key, isAlone) {
        const series = key.dataset.s, others = keys.map(other => other.dataset.s).filter(other => other !== series);
        if (isAlone) {
            const wasAlone = !view.hidden.has(series) && others.every(other => view.hidden.has(other));
            view.hidden = new Set(wasAlone ? [] : others);
        } else if (!view.hidden.delete(series))
            view.hidden.add(series);
        apply();
    }
    for (const key of keys) {
        key.setAttribute("role", "button");
        key.setAttribute("tabindex", "0");
        key.addEventListener("click", event => toggle(key, event.shiftKey || event.altKey));
        key.addEventListener("keydown", event => {
            if (event.key === "Enter" || event.key === " ") {
                event.preventDefault();
                toggle(key, event.shiftKey);
            }
        });
    }
}
