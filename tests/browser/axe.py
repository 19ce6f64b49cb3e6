"""What axe says of a page. What is seen of words alone, three quarters of its work, is asked once for each way in which
they are painted: their contrast, and whether a link is told from the sentence in which it stands.

Two texts of the same ink, both large or both small, on grounds that are painted alike from the window down to them,
have the same contrast, on whatever pages they stand; two links painted alike, in sentences painted alike, are told from
them alike. Those that a former page has shown are left aside. All other rules look at the whole of every page. Style
sheets are fetched for the one rule that reads them, once for each set of them.
"""

from collections.abc import Sequence

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import BrowserContext, Page

OF_COLOURS = ["color-contrast", "link-in-text-block"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# All that paints, or moves, what stands upon an element: its own marks after those of what it stands in, if any.
GROUND = """const grounds = new Map();
const NOTHING = "rgba(0, 0, 0, 0) none 1 static none auto none normal visible auto none none";
const ground = (element) => {
  if (!element) return "";
  if (!grounds.has(element)) {
    const style = getComputedStyle(element);
    const own = ["backgroundColor", "backgroundImage", "opacity", "position", "clipPath", "clip", "filter",
      "mixBlendMode", "overflow", "zIndex", "float", "transform"].map((name) => style[name]).join(" ");
    const above = ground(element.parentElement);
    grounds.set(element, own === NOTHING || above.endsWith(`|${own}`) ? above : `${above}|${own}`);
  }
  return grounds.get(element);
};"""
# Besides: words are large or small for contrast (18 points, or 14 of bold letters), where nothing is drawn round them;
# what it is not asked of is off, for the eye alone too small, or no words.
INK = r"""const size = ({ fontSize, fontWeight, textShadow, webkitTextStrokeWidth }) => {
  if (textShadow !== "none" || webkitTextStrokeWidth !== "0px") return `${fontSize} ${fontWeight}`;
  return Math.ceil(parseFloat(fontSize) * 72) / 96 < (Number(fontWeight) < 700 ? 18 : 14) ? "small" : "large";
};
const ink = (element, words) => {
  const style = getComputedStyle(element), box = element.getBoundingClientRect();
  const control = element.closest("label")?.control ?? element.closest("button, input, select, textarea, fieldset");
  return [style.color, size(style), style.textShadow, style.webkitTextStroke,
    Boolean(control?.matches(":disabled") || element.closest("[aria-disabled=true]")),
    box.width <= 1 || box.height <= 1, words.length === 1, /[\p{L}\p{N}]/u.test(words), ground(element)].join(" ");
};"""
PAINTED = """const painted = new Set();
const look = (element, words) => {
  if (element.checkVisibility({ visibilityProperty: true }) && isNew(ink(element, words))) painted.add(element);
};
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const words = texts.currentNode.data.trim();
  if (words) look(texts.currentNode.parentElement, words);
}
for (const field of document.querySelectorAll("input, select, textarea")) {
  look(field, `${field.type} ${field.value ? "" : field.placeholder}`);
}"""
# A link, and all that it stands in as far as the block of its sentence: what tells the one from the other.
LINKED = """const marks = ["display", "fontFamily", "fontSize", "fontStyle", "fontWeight", "textDecoration",
  "borderBottom", "outline"];
const drawn = (element, part) => {
  const style = getComputedStyle(element, part);
  return [part && style.content, ...marks.map((name) => style[name])].join(" ");
};
const linked = (element) => {
  const own = [ink(element, "word"), ...["", "::before", "::after"].map((part) => drawn(element, part))].join(" ");
  const { display } = getComputedStyle(element);
  return element.parentElement && /^(inline|contents)/.test(display) ? `${own}|${linked(element.parentElement)}` : own;
};"""
# A target measures 24 px each way where no other lies upon it (above, below or beside all that do), or has the room of
# such a circle for itself: it is large enough. Half a pixel beside that, axe is asked. As axe has it, what stays in the
# window while the page is scrolled is beside its like alone.
CROWDED = """const targets = new Map();
const touched = "a[href], area, button, input, select, textarea, summary, iframe, [role][tabindex]";
for (const each of document.querySelectorAll(touched)) {
  if (!each.checkVisibility({ visibilityProperty: true })) continue;
  const { left, right, top, bottom, width, height } = each.getBoundingClientRect();
  if (!width && !height) continue;
  const isFixed = ground(each).includes(" fixed "), isSmall = width < 24.5 || height < 24.5;
  targets.set(each, { left, right, top, bottom, x: (left + right) / 2, y: (top + bottom) / 2, isFixed, isSmall });
}
const all = [...targets.values()];
const lieUpon = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
for (const one of all) {
  one.beside = all.filter((other) => other !== one && other.isFixed === one.isFixed);
  one.shared = one.beside.filter((other) => lieUpon(one, other));
}
// The widest strip of a target on one side of all that lie upon it.
const free = ({ left, right, top, bottom, shared }) => {
  const least = (side) => Math.min(...shared.map((other) => other[side]));
  const most = (side) => Math.max(...shared.map((other) => other[side]));
  const across = Math.max(least("left") - left, right - most("right"));
  const down = Math.max(least("top") - top, bottom - most("bottom"));
  return Math.max(Math.min(across, bottom - top), Math.min(down, right - left));
};
const beyond = (place, least, most) => Math.max(least - place, 0, place - most);
const room = (one, other) => {
  const gap = Math.hypot(beyond(one.x, other.left, other.right), beyond(one.y, other.top, other.bottom));
  if (other.shared.length) return gap;
  return other.isSmall ? Math.min(gap + 12, Math.hypot(one.x - other.x, one.y - other.y)) : gap + 12;
};
const crowded = (element) => {
  const one = targets.get(element);
  if (!one) return true;
  if (one.shared.length) return free(one) < 24.5;
  return one.isSmall && one.beside.some((other) => room(one, other) < 24.5);
};"""
# Those rules look at that alone; each page tells what it is.
NARROWED = """const narrow = (id, isAsked) => {
  const rule = axe.utils.getRule(id);
  rule.whole ??= rule.matches;
  rule.matches = (element, ...others) => isAsked(element, () => rule.whole(element, ...others));
};
narrow("color-contrast", (element, matches) => painted.has(element) && matches());
narrow("target-size", (element, matches) => crowded(element) && matches());
narrow("link-in-text-block", (element, matches) => matches() && isNew(linked(element)));"""
# What was seen travels to each page: as a number each, of 53 bits (cyrb53).
SHORT = """const short = (key) => {
  let one = 0xdeadbeef, other = 0x41c6ce57;
  for (let place = 0; place < key.length; place += 1) {
    one = Math.imul(one ^ key.charCodeAt(place), 2654435761);
    other = Math.imul(other ^ key.charCodeAt(place), 1597334677);
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909);
  other = Math.imul(other ^ (other >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
  return 4294967296 * (2097151 & other) + (one >>> 0);
};"""
# Complaints alone come back: all that axe finds good is forty times as long, and slow to carry.
RUN = f"""async ([rules, seen]) => {{
  if (!("axe" in window)) return null;
  const fresh = new Set(), known = new Set(seen);
  {SHORT}
  const isNew = (key) => {{
    const number = short(key);
    return !known.has(number) && !fresh.has(number) && Boolean(fresh.add(number));
  }};
  {GROUND}
  {INK}
  {PAINTED}
  {LINKED}
  {CROWDED}
  {NARROWED}
  const sheets = [...document.styleSheets].map(({{ href, ownerNode }}) => href ?? ownerNode.textContent);
  const preload = rules.includes("wcag2a") && isNew(sheets.join());
  const apart = {{ "css-orientation-lock": {{ enabled: preload }} }};
  const asked = {{ runOnly: rules, rules: apart, resultTypes: ["violations"], preload }};
  const {{ violations }} = await axe.run(document, asked);
  return {{ violations, fresh: [...fresh] }};
}}"""


class Axe:
    """What this process has seen painted without fault; the next page is asked about the rest."""

    def __init__(self) -> None:
        self.seen: set[int] = set()

    def __call__(self, page: Page, rules: Sequence[str] = RULES) -> None:
        """Fails with axe's report when a page breaks a rule of WCAG 2.2 AA or a good practice."""
        asked = [rules, list(self.seen)]
        answer = page.evaluate(RUN, asked)
        if answer is None:
            send_axe(page)
            answer = page.evaluate(RUN, asked)
        result = AxeResults(answer)
        assert result.violations_count == 0, f"{page.url}\n{result.generate_report()}"
        self.seen.update(answer["fresh"])


def send_axe(page: Page) -> None:
    """Half a megabyte, as a script: `evaluate` would hand it over as a value, to be read as words once it is there."""
    session = page.context.new_cdp_session(page)
    answer = session.send("Runtime.evaluate", {"expression": AXE_SCRIPT})
    assert "exceptionDetails" not in answer, answer
    session.detach()


def bring_axe(context: BrowserContext) -> None:
    """Each page that this browser opens has axe from the start: where all are checked, half a megabyte travels once."""
    context.add_init_script(f"if (window === window.top) {{ {AXE_SCRIPT} }}")
