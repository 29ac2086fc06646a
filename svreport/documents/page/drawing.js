"use strict";
// Draws every chart of the page from the JSON beside it, one after another so that the page stays at hand; each is as
// wide as its place asks for, and tells the values of the period that is pointed at.
(() => {
  const narrow = matchMedia("(max-width: 30rem)");
  const places = Array.from(document.querySelectorAll("[data-drawing]"));
  const bubble = document.createElement("div");
  bubble.className = "told";
  bubble.setAttribute("aria-hidden", "true");
  bubble.hidden = true;
  document.body.append(bubble);

  const tell = (handler, event, item, value) => {
    bubble.hidden = value === null || value === undefined || value === "";
    if (bubble.hidden) return;
    bubble.textContent = value;
    const size = bubble.getBoundingClientRect();
    const left = Math.min(event.clientX + 14, innerWidth - size.width - 8);
    const under = event.clientY + 18;
    bubble.style.left = `${Math.max(8, left)}px`;
    bubble.style.top = `${under + size.height > innerHeight ? Math.max(8, event.clientY - size.height - 14) : under}px`;
  };
  const hide = () => { bubble.hidden = true; };
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  document.addEventListener("scroll", hide, { passive: true, capture: true });

  const draw = async (place, width) => {
    if (place.dataset.drawn === width) return;
    const told = JSON.parse(document.getElementById(place.dataset.drawing).textContent);
    const { spec, rows } = told[width];
    for (const each of spec.data) {
      const found = rows[each.name] ?? told.shared[each.name];
      if (found) each.values = found;
    }
    const stage = document.createElement("div");
    const { view } = await vegaEmbed(stage, spec, {
      mode: "vega", ast: true, renderer: "svg", actions: false, defaultStyle: false, tooltip: tell,
    });
    const svg = stage.querySelector("svg");
    svg.removeAttribute("width");
    svg.removeAttribute("height");
    svg.setAttribute("aria-hidden", "true");
    svg.setAttribute("focusable", "false");
    if (place.view) place.view.finalize();
    place.view = view;
    place.dataset.drawn = width;
    place.replaceChildren(svg.parentElement === stage ? svg : stage);
  };
  let round = 0;
  const drawAll = async (width) => {
    round += 1;
    const own = round;
    for (const place of places) {
      if (own !== round) return;
      await draw(place, width);
      await new Promise((next) => setTimeout(next));
    }
    document.documentElement.dataset.drawn = width;
  };
  const wanted = () => (narrow.matches ? "narrow" : "wide");
  narrow.addEventListener("change", () => drawAll(wanted()));
  drawAll(wanted());

  // On paper everything is there, whatever is closed on the screen.
  let opened = [];
  addEventListener("beforeprint", () => {
    hide();
    opened = Array.from(document.querySelectorAll("details:not([open])"));
    for (const each of opened) each.open = true;
  });
  addEventListener("afterprint", () => { for (const each of opened) each.open = false; });
})();
