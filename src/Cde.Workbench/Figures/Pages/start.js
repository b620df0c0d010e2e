// Every figure on the page that no script has started yet: some front ends run a script before its output is in the page.
function run() {
    for (const figure of document.querySelectorAll(".cde-fig")) {
        if (!figure.cdeStarted) {
            figure.cdeStarted = true;
            start(figure);
        }
    }
}
run();
requestAnimationFrame(run);
