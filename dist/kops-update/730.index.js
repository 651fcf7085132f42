export const id = 730;
export const ids = [730];
export const modules = {

/***/ 6730:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   leftInventories: () => (/* binding */ leftInventories),
/* harmony export */   r: () => (/* binding */ otherHomes)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(124);
/* harmony import */ var _cluster_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5920);
/* harmony import */ var _inventory_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5966);



/**
 * A target's inventory lives in its namespace, so a target whose namespace was changed begins anew, and what it made
 * before stays where it was. One sentence per place where that is so; nothing where Secrets may not be listed.
 * @param isDeclared whether a declaration names the target, so that what is left of it is seen to
 */
async function otherHomes(cluster, key, isDeclared) {
    const secrets = await cluster.resourceFor('v1', 'Secret');
    if (!secrets)
        return [];
    try {
        const { items } = await cluster.list(secrets, {
            labelSelector: `app.kubernetes.io/managed-by=${_cluster_js__WEBPACK_IMPORTED_MODULE_1__/* .FIELD_MANAGER */ .vy}`,
            fieldSelector: `metadata.name=${(0,_inventory_js__WEBPACK_IMPORTED_MODULE_2__/* .inventoryName */ .mu)(key)}`
        });
        return items
            .filter((secret) => (0,_inventory_js__WEBPACK_IMPORTED_MODULE_2__/* .keyOfInventory */ .dR)(secret) !== undefined)
            .map((secret) => (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)(secret.metadata['namespace']))
            .filter((namespace) => namespace !== undefined && namespace !== key.namespace)
            .map((namespace) => `Target ${key.target} was deployed with the namespace ${namespace} before, and what it made then stays there. ${isDeclared ? 'Deploys of the whole environment show what is left of it, and delete it where "retire" says so.' : 'If it has moved, deploy it there once more without what is to go, or delete that by hand.'}`);
    }
    catch (error) {
        if (error instanceof _cluster_js__WEBPACK_IMPORTED_MODULE_1__/* .ApiError */ .hD && error.code === 403)
            return [];
        throw error;
    }
}
/**
 * Targets that have an inventory in this cluster and that nobody declares any more: they were removed or renamed, or
 * their environment was, or their namespace was changed, and what they made is still there. Those of other repositories and other declarations do not
 * count, nor those that were deployed by inputs alone. Nothing where Secrets may not be listed.
 * @param options.environments the targets of every declared environment, each with the namespace of its inventory;
 *   `only` looks at one environment
 */
async function leftInventories(cluster, options) {
    const secrets = await cluster.resourceFor('v1', 'Secret');
    if (!secrets)
        return [];
    try {
        const { items } = await cluster.list(secrets, {
            labelSelector: `app.kubernetes.io/managed-by=${_cluster_js__WEBPACK_IMPORTED_MODULE_1__/* .FIELD_MANAGER */ .vy}`,
            fieldSelector: `type=${_inventory_js__WEBPACK_IMPORTED_MODULE_2__/* .INVENTORY_TYPE */ .uo}`
        });
        return items.flatMap((secret) => {
            const key = (0,_inventory_js__WEBPACK_IMPORTED_MODULE_2__/* .keyOfInventory */ .dR)(secret);
            if (!key || (options.only !== undefined && key.environment !== options.only))
                return [];
            if (options.environments.get(key.environment)?.get(key.target) === key.namespace)
                return [];
            const { record } = (0,_inventory_js__WEBPACK_IMPORTED_MODULE_2__/* .recordOf */ .zv)(secret);
            const ours = record?.declaration === options.declaration &&
                record.repository?.toLowerCase() === options.repository?.toLowerCase();
            return ours ? [{ key, record }] : [];
        });
    }
    catch (error) {
        if (error instanceof _cluster_js__WEBPACK_IMPORTED_MODULE_1__/* .ApiError */ .hD && error.code === 403)
            return [];
        throw error;
    }
}


/***/ })

};
