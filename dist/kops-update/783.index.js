export const id = 783;
export const ids = [783];
export const modules = {

/***/ 8783:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readAhead: () => (/* binding */ readAhead)
/* harmony export */ });
/* harmony import */ var _cancel_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(406);
/* harmony import */ var _client_paths_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8712);
/* harmony import */ var _cluster_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5920);
/* harmony import */ var _inventory_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5966);
/* harmony import */ var _live_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3267);





/** Begins to read. What the API server refuses is asked for once more by whoever needs it, who tells it then. */
function readAhead(cluster, key, signal) {
    const reading = (0,_cancel_js__WEBPACK_IMPORTED_MODULE_0__/* .endingWith */ ["in"])(cluster, signal, 0);
    const inventory = (0,_inventory_js__WEBPACK_IMPORTED_MODULE_3__/* .readInventory */ .zw)(reading, key);
    const lists = inventory.then((found) => beginLists(reading, key, found));
    lists.catch(() => { });
    return {
        inventory,
        async members(type, namespaces) {
            try {
                const begun = await lists;
                return scopeOf(namespaces) === begun.scope ? await begun.of.get((0,_client_paths_js__WEBPACK_IMPORTED_MODULE_1__/* .collectionPath */ .yb)(type)) : undefined;
            }
            catch (error) {
                // Whoever waited in vain for an API server must not wait a second time.
                if (error instanceof _cluster_js__WEBPACK_IMPORTED_MODULE_2__/* .ApiError */ .hD)
                    return undefined;
                throw error;
            }
        }
    };
}
async function beginLists(cluster, key, inventory) {
    const namespaces = [...new Set([key.namespace, ...(inventory?.namespaces ?? [])])];
    const lists = new Map();
    for (const groupKind of inventory?.groupKinds ?? []) {
        const type = await (0,_live_js__WEBPACK_IMPORTED_MODULE_4__/* .preferred */ .yl)(cluster, groupKind);
        if (!type)
            continue;
        const list = (0,_live_js__WEBPACK_IMPORTED_MODULE_4__/* .listMembers */ .YV)(cluster, type, { id: (0,_inventory_js__WEBPACK_IMPORTED_MODULE_3__/* .applySetId */ .A3)(key), namespaces });
        list.catch(() => { });
        lists.set((0,_client_paths_js__WEBPACK_IMPORTED_MODULE_1__/* .collectionPath */ .yb)(type), list);
    }
    return { scope: scopeOf(namespaces), of: lists };
}
function scopeOf(namespaces) {
    return [...namespaces].sort().join(',');
}


/***/ })

};
