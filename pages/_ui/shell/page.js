// Keeps the page's language and the framework's own words in step with the app's language.
// The app says its language in an element of class "crm-language"; words are looked up in the
// settings that the server puts in here.
(() => {
  "use strict";
  const { languages, rows, cookie } = __SETTINGS__;
  const root = document.documentElement;
  const browser = navigator.language;
  const regions = { en: "en-US", zh: "zh-CN" };
  const markers = document.getElementsByClassName("crm-language");
  let language = root.lang;

  // Pages stand side by side, so the app's own address is the folder of each. Told of it, the
  // framework does not look for its server below the page first.
  window.__streamlit = { ...window.__streamlit, BACKEND_BASE_URL: new URL(".", location.href).href };

  // Date pickers and number columns ask the browser for its language: let it answer the app's.
  const tag = () => (browser.startsWith(language) ? browser : regions[language]);
  Object.defineProperty(navigator, "language", { get: tag, configurable: true });
  Object.defineProperty(navigator, "languages", { get: () => [tag()], configurable: true });

  const hole = /\{(\w+)\}/g;
  const exact = new Map();
  const patterns = [];
  rows.forEach(([place, kind, ...forms]) => {
    forms.forEach((form) => {
      const key = `${kind} ${form}`;
      if (!form.includes("{")) {
        exact.set(key, [...(exact.get(key) || []), { place, forms }]);
        return;
      }
      const names = [...form.matchAll(hole)].map((match) => match[1]);
      const literal = form.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^$()|[\]\\]/g, "\\$&"));
      patterns.push({ place, kind, forms, names, regex: new RegExp(`^${literal.join("(.+?)")}$`, "su") });
    });
  });

  const filled = (form, names, values) =>
    form.replace(hole, (whole, name) => values[names.indexOf(name)] ?? whole);

  function translated(text, kind, element) {
    const target = languages.indexOf(language);
    const known = (exact.get(`${kind} ${text}`) || []).find((row) => element.closest(row.place));
    if (known) return known.forms[target];
    for (const row of text.length < 200 ? patterns : []) {
      const match = row.kind === kind && row.regex.exec(text);
      if (match && element.closest(row.place))
        return filled(row.forms[target], row.names, match.slice(1));
    }
    return text;
  }

  function word(node) {
    const text = node.nodeValue.trim();
    if (!text || !node.parentElement) return;
    const better = translated(text, "text", node.parentElement);
    if (better !== text) node.nodeValue = node.nodeValue.replace(text, () => better);
  }

  // The framework reads out the signs by which a label's own signs are kept from being Markdown.
  const labelled =
    'input, textarea, [role="group"], [role="radiogroup"], [data-testid="stDateInput"] span, ' +
    'button[aria-label^="Help for "]';
  const spoken = (text, element) =>
    element.matches(labelled) ? text.replace(/\\([!-/:-@[-`{-~])/g, "$1").replaceAll("\u2060", "") : text;

  const attributes = ["aria-label", "placeholder", "title"];
  function attribute(element, name) {
    const text = element.getAttribute(name);
    const better = text && translated(spoken(text, element), "label", element);
    if (better !== text) element.setAttribute(name, better);
  }

  // Markdown makes a link of whatever looks like an address of the web or of e-mail. The app writes
  // no links in Markdown: there it is data, and data is text.
  function still(element) {
    if (element.matches('[data-testid="stMarkdownContainer"] a[href]')) element.removeAttribute("href");
  }

  function walk(node) {
    if (node.nodeType === Node.TEXT_NODE) return word(node);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let each = node; each; each = walker.nextNode()) {
      if (each.nodeType === Node.TEXT_NODE) word(each);
      else {
        attributes.forEach((name) => each.hasAttribute(name) && attribute(each, name));
        still(each);
      }
    }
  }

  function follow() {
    const marker = markers[0];
    if (!marker) return;
    const { language: wanted, chosen } = marker.dataset;
    if (chosen) document.cookie = `${cookie}=${wanted}; path=/; max-age=31536000; samesite=lax`;
    if (wanted === language || !languages.includes(wanted)) return;
    language = wanted;
    root.lang = wanted;
    window.dispatchEvent(new Event("languagechange"));
    walk(document.body);
  }

  // A date field that comes after a switch still has the language the page began with, until it
  // hears of the change; it listens a moment after it has come.
  const first = language;
  const dates = '[data-testid="stDateInput"], [data-testid="stDateTimeInput"]';
  function remind(node) {
    if (language === first || node.nodeType !== Node.ELEMENT_NODE) return;
    if (node.matches(dates) || node.querySelector(dates))
      setTimeout(() => window.dispatchEvent(new Event("languagechange")), 100);
  }

  // What is typed into a sheet is saved after a pause, as it is on leaving the field: who closes the
  // page or loses the connection loses nothing. Half a word of an input method is not typed yet.
  let pause;
  function typed({ target, isComposing }) {
    const field = target.closest?.(".st-key-checklist-sheet textarea, .st-key-checklist-sheet input[type=number]");
    if (!field || isComposing || field.closest('[data-testid="stForm"]')) return;
    const enter = { key: "Enter", ctrlKey: field.matches("textarea"), bubbles: true };
    clearTimeout(pause);
    pause = setTimeout(() => field.dispatchEvent(new KeyboardEvent("keydown", enter)), 800);
  }
  document.addEventListener("input", typed);
  document.addEventListener("compositionend", typed);

  // A field that names people suggests those that stand beside it.
  document.addEventListener("focusin", ({ target }) => {
    const named = target.closest?.('[class*="st-key-crm-named-"]')?.querySelector("datalist");
    if (named && target.matches("input")) target.setAttribute("list", named.id);
  });

  function added(node) {
    walk(node);
    remind(node);
  }

  new MutationObserver((changes) => {
    for (const { type, target, addedNodes, attributeName } of changes) {
      if (type === "characterData") word(target);
      else if (type === "childList") addedNodes.forEach(added);
      else if (attributeName === "href") still(target);
      else if (attributeName !== "data-language") attribute(target, attributeName);
    }
    follow();
  }).observe(root, {
    childList: true,
    subtree: true,
    characterData: true,
    attributeFilter: [...attributes, "href", "data-language"],
  });
})();
