// Formulas in JSON from the standard input → MathML, SVG and the error of each, as MathJax 4 sets them.
import MathJax from '@mathjax/src';
import fs from 'fs';

const extensions = [
  'mhchem', 'mathtools', 'boldsymbol', 'textcomp', 'gensymb', 'cancel', 'enclose', 'color', 'extpfeil', 'upgreek',
  'unicode', 'braket', 'html', 'bbox', 'amscd', 'action', 'verb', 'centernot', 'begingroup', 'cases', 'empheq', 'units',
  'colortbl', 'bussproofs',
];
await MathJax.init({
  loader: {load: ['input/tex', 'output/svg', ...extensions.map((name) => '[tex]/' + name)]},
  tex: {packages: {'[+]': extensions}},
  svg: {fontCache: 'none'},
  startup: {typeset: false},
});
const found = [];
for (const latex of JSON.parse(fs.readFileSync(0, 'utf8'))) {
  try {
    await MathJax.tex2mmlPromise('\\begingroupSandbox');  // no formula sees the macros of another
    const mathml = await MathJax.tex2mmlPromise(latex, {display: true});
    const svg = MathJax.startup.adaptor.innerHTML(await MathJax.tex2svgPromise(latex, {display: true}));
    found.push({mathml, svg, error: ''});
  } catch (error) {
    found.push({mathml: '', svg: '', error: String(error)});
  }
}
fs.writeFileSync(1, JSON.stringify(found));
process.exit(0);
