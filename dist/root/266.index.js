export const id = 266;
export const ids = [266];
export const modules = {

/***/ 4266:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   knownTargets: () => (/* binding */ knownTargets)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(124);
/* harmony import */ var _targets_plan_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7998);


/** GitHub gives out so many at once; what was not deployed for that long is not told. */
const LOOK_BACK = 100;
/** The targets of an environment that GitHub has Deployments of, each once, as its newest one tells. */
async function knownTargets(forge, environment) {
    const known = new Map();
    for (const { payload } of await forge.deployments.list({ environment }, LOOK_BACK)) {
        const [target, declaration] = ['target', 'declaration'].map((key) => (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__.at)(payload, key)));
        const kind = _targets_plan_js__WEBPACK_IMPORTED_MODULE_1__/* .TARGET_KINDS */ .a.find((one) => one === (0,_json_js__WEBPACK_IMPORTED_MODULE_0__.at)(payload, 'kind'));
        if ((0,_json_js__WEBPACK_IMPORTED_MODULE_0__.at)(payload, 'version') !== 1 || target === undefined || known.has(target))
            continue;
        known.set(target, {
            target,
            ...(kind === undefined ? {} : { kind }),
            ...(declaration === undefined ? {} : { declaration })
        });
    }
    return [...known.values()];
}


/***/ }),

/***/ 7998:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ planDigest),
/* harmony export */   a: () => (/* binding */ TARGET_KINDS)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(124);


const TARGET_KINDS = ['kubernetes', 'kops', 'terraform', 'cloudformation'];
/**
 * The digest that binds an approval to a plan: over target, declared set and changes (action, resource and each
 * field's before and after), whatever order they were found in: that is the order of the input. Attribution, notes and
 * secret fingerprints (keyed per run) do not count; for secrets the caller's `declaredDigest` stands in.
 */
function planDigest(plan) {
    const value = {
        target: plan.target,
        kind: plan.kind,
        declared: plan.declaredDigest,
        changes: inOneOrder(plan.changes.map((change) => ({
            action: change.action,
            resource: change.resource.id,
            fields: inOneOrder(change.fields.map((field) => [field.path, digestible(field.before), digestible(field.after)]))
        })))
    };
    return `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .canonicalJson */ .dj)(value)).digest('hex')}`;
}
function inOneOrder(values) {
    return values
        .map((value) => ({ value, text: (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .canonicalJson */ .dj)(value) }))
        .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
        .map(({ value }) => value);
}
function digestible(value) {
    return value.type === 'value' ? { value: value.value } : value.type;
}


/***/ })

};
