// Starts MathJax from the files beside this one, with what the author has configured (window.MathJax).
(() => {
  const here = document.currentScript.src.replace(/\/[^/]*$/, "");
  const given = window.MathJax || {};
  const loader = given.loader || {};
  const options = given.options || {};
  const menu = options.menuOptions || {};
  window.MathJax = {
    ...given,
    loader: { ...loader, paths: { mathjax: here, fonts: `${here}/fonts`, ...loader.paths } },
    // Each formula bears how it is said, in the language of the book; for those who explore it, MathML stands beside it.
    options: {
      enableSpeech: false, enableBraille: false, enableEnrichment: false, enableExplorer: false, enableAssistiveMml: true,
      ...options,
      menuOptions: {
        ...menu,
        settings: { speech: false, braille: false, enrich: false, assistiveMml: true, ...menu.settings },
      },
    },
  };
  const script = document.createElement("script");
  script.src = `${here}/tex-mml-chtml.js`;
  document.head.append(script);
})();
