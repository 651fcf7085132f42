export const id = 873;
export const ids = [873];
export const modules = {

/***/ 8873:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseIgnoreRules: () => (/* binding */ parseIgnoreRules)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6637);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9973);
/* harmony import */ var _ignore_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6533);
/* harmony import */ var _reader_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3472);
/* harmony import */ var _shape_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2054);





const rules = (0,_shape_js__WEBPACK_IMPORTED_MODULE_4__/* .list */ .p_)(_ignore_js__WEBPACK_IMPORTED_MODULE_2__/* .ignoreRule */ .Z, { description: 'Rules.', itemName: 'rules' });
/**
 * Reads ignore rules from an input: a YAML or JSON list; empty text is no rule.
 * @throws GitOpsError naming the input, with line and column of every error
 */
function parseIgnoreRules(text, input) {
    const lines = new yaml__WEBPACK_IMPORTED_MODULE_0__/* .LineCounter */ .HN();
    const document = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .parseDocument */ .Tp)(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
    const reader = new _reader_js__WEBPACK_IMPORTED_MODULE_3__/* .Reader */ .m(input, document, lines);
    for (const error of document.errors)
        reader.issueAt(error.pos[0], error.message);
    if (reader.issues.length === 0 && document.contents === null)
        return [];
    const read = reader.issues.length === 0 ? reader.at(rules, document.contents, []) : undefined;
    if (read && reader.issues.length === 0)
        return read;
    const [first, ...others] = reader.issues.map(({ place, message }) => `line ${place.line}, column ${place.column}: ${message}`);
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .GitOpsError */ .$(`Input "${input}", ${first}`, {
        details: others,
        hint: 'It is a list such as: [{kind: Deployment, pointers: [/spec/replicas]}].'
    });
}


/***/ })

};
