"use strict";
// Everything is on the page already; this only hides, orders and opens.
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  const valueOf = (row, column, kind) => {
    if (kind === "order") return Number(row.dataset.order);
    return row.cells[column].textContent.trim();
  };
  const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, "en", { numeric: true }));

  for (const table of all("table.sortable")) {
    const heads = all("thead [data-sort]", table);
    for (const head of heads) {
      const kind = head.dataset.sort;
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      head.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => {
        const next = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
        for (const other of heads) other.setAttribute("aria-sort", "none");
        head.setAttribute("aria-sort", next);
        const sign = next === "ascending" ? 1 : -1;
        const body = table.tBodies[0];
        const column = head.cellIndex;
        const rows = Array.from(body.rows).map((row) => [valueOf(row, column, kind), row]);
        rows.sort((a, b) => sign * compare(a[0], b[0]));
        body.append(...rows.map((pair) => pair[1]));
      });
    }
  }

  const openAt = () => {
    let target = null;
    try { target = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { return; }
    const details = target && target.closest("details");
    if (details && !details.open) {
      details.open = true;
      target.scrollIntoView();
    }
  };
  window.addEventListener("hashchange", openAt);
  openAt();

  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = all("details:not([open])").filter((each) => !each.closest("figure"));
    for (const each of closed) each.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const each of closed) each.open = false;
  });

  const tools = document.getElementById("tools");
  if (!tools) return;
  const list = document.getElementById("list");
  const rules = all("details.rule", list).map((details) => ({
    details,
    head: details.querySelector("summary").textContent.toLowerCase(),
    rows: all("tbody tr", details).map((row) => [row, row.textContent.toLowerCase()]),
  }));
  const filter = document.getElementById("filter");
  const factor = document.getElementById("factor");
  const order = document.getElementById("order");
  const status = document.getElementById("status");
  const open = document.getElementById("all");
  const boxes = all("input[name=severity]", tools);

  const apply = () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    const severities = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    let shown = 0;
    let total = 0;
    for (const rule of rules) {
      const { severity, factor: of } = rule.details.dataset;
      const may = severities.has(severity) && (!factor.value || factor.value === of);
      const byName = words.length > 0 && words.every((word) => rule.head.includes(word));
      let here = 0;
      for (const [row, text] of rule.rows) {
        const fits = may && (byName || words.every((word) => text.includes(word) || rule.head.includes(word)));
        row.hidden = !fits;
        here += fits ? 1 : 0;
      }
      const fits = may && (here > 0 || byName || words.length === 0);
      rule.details.hidden = !fits;
      if (fits && words.length > 0) rule.details.open = true;
      shown += here;
      total += rule.rows.length;
    }
    status.textContent = `${shown} of ${total} shown`;
  };

  const orders = {
    grave: (a, b) => a.place - b.place,
    many: (a, b) => b.details.dataset.count - a.details.dataset.count || a.place - b.place,
    tokens: (a, b) => b.details.dataset.tokens - a.details.dataset.tokens || a.place - b.place,
    code: (a, b) => compare(a.details.dataset.rule, b.details.dataset.rule),
  };
  rules.forEach((rule, place) => { rule.place = place; });

  filter.addEventListener("input", apply);
  factor.addEventListener("change", apply);
  for (const box of boxes) box.addEventListener("change", apply);
  order.addEventListener("change", () => {
    list.append(...rules.slice().sort(orders[order.value]).map((rule) => rule.details));
  });
  open.addEventListener("click", () => {
    const now = open.getAttribute("aria-pressed") !== "true";
    open.setAttribute("aria-pressed", String(now));
    open.textContent = now ? "Close all" : "Open all";
    for (const rule of rules) rule.details.open = now;
  });
  tools.addEventListener("submit", (event) => event.preventDefault());
  tools.hidden = false;
  apply();
})();
