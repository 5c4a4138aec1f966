// The document in the frame: its viewport, how far it scrolls, where its visible content ends.
(() => {
  const root = document.documentElement;
  const paints = (element, style) =>
    element.matches("img,input,button,select,textarea,svg,canvas,video,iframe,object,hr") ||
    style.borderBottomWidth !== "0px" || style.boxShadow !== "none" ||
    (element !== document.body && element !== root &&
      style.backgroundColor !== "rgba(0, 0, 0, 0)");
  // At most what stands below an element by right: paddings and margins of all around it. Margins
  // that collapse are counted twice.
  const below = (element) => {
    let sum = 0;
    for (let each = element; each; each = each.parentElement) {
      const style = getComputedStyle(each);
      sum += Math.max(parseFloat(style.marginBottom) || 0, 0);
      if (each !== element) sum += parseFloat(style.paddingBottom) || 0;
    }
    return sum;
  };
  let content = 0;
  let lowest = null;
  let wide = null;
  let farthest = innerWidth + 1;
  const reach = (element, box) => {
    if (!box.width || !box.height) return;
    if (box.bottom + scrollY > content) [content, lowest] = [box.bottom + scrollY, element];
    if (box.right + scrollX > farthest) [farthest, wide] = [box.right + scrollX, element];
  };
  for (const element of document.body?.querySelectorAll("*") ?? []) {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const style = getComputedStyle(element);
    if (style.position === "fixed") continue;
    if (paints(element, style)) reach(element, element.getBoundingClientRect());
    for (const node of element.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      reach(element, range.getBoundingClientRect());
    }
  }
  return {
    viewport: [innerWidth, innerHeight],
    scroll: [
      Math.max(root.scrollWidth, document.body?.scrollWidth ?? 0),
      Math.max(root.scrollHeight, document.body?.scrollHeight ?? 0),
    ],
    content,
    below: lowest ? below(lowest) : 0,
    text: document.body?.innerText ?? "",
    wide: wide?.outerHTML.slice(0, 300) ?? null,
  };
});
