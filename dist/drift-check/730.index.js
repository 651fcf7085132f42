export const id = 730;
export const ids = [730,966];
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
 */
async function otherHomes(cluster, key) {
    const secrets = await cluster.resourceFor('v1', 'Secret');
    if (!secrets)
        return [];
    try {
        const { items } = await cluster.list(secrets, {
            labelSelector: `app.kubernetes.io/managed-by=${_cluster_js__WEBPACK_IMPORTED_MODULE_1__/* .FIELD_MANAGER */ .vy}`,
            fieldSelector: `metadata.name=${(0,_inventory_js__WEBPACK_IMPORTED_MODULE_2__/* .inventoryName */ .mu)(key)}`
        });
        return items
            .map((secret) => (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)(secret.metadata['namespace']))
            .filter((namespace) => namespace !== undefined && namespace !== key.namespace)
            .map((namespace) => `Target ${key.target} was deployed with the namespace ${namespace} before, and what it made then stays there. If it has moved, deploy it there once more without what is to go, or delete that by hand.`);
    }
    catch (error) {
        if (error instanceof _cluster_js__WEBPACK_IMPORTED_MODULE_1__/* .ApiError */ .hD && error.code === 403)
            return [];
        throw error;
    }
}
/**
 * Targets that have an inventory in this cluster and that nobody declares any more: they were removed or renamed, or
 * their environment was, and what they made is still there. Those of other repositories and other declarations do not
 * count, nor those that were deployed by inputs alone. Nothing where Secrets may not be listed.
 * @param options.environments the names of the targets of every declared environment; `only` looks at one environment
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
            if (options.environments.get(key.environment)?.includes(key.target))
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


/***/ }),

/***/ 5966:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A1: () => (/* binding */ parentId),
/* harmony export */   A3: () => (/* binding */ applySetId),
/* harmony export */   Ns: () => (/* binding */ TOOLING),
/* harmony export */   Pv: () => (/* binding */ nextRecord),
/* harmony export */   X1: () => (/* binding */ ID_LABEL),
/* harmony export */   dK: () => (/* binding */ NAMESPACES),
/* harmony export */   dR: () => (/* binding */ keyOfInventory),
/* harmony export */   gN: () => (/* binding */ parentOf),
/* harmony export */   k$: () => (/* binding */ GROUP_KINDS),
/* harmony export */   lD: () => (/* binding */ split),
/* harmony export */   mu: () => (/* binding */ inventoryName),
/* harmony export */   o8: () => (/* binding */ inventoryOf),
/* harmony export */   qs: () => (/* binding */ sameDeployment),
/* harmony export */   qu: () => (/* binding */ writeInventory),
/* harmony export */   readDeployment: () => (/* binding */ readDeployment),
/* harmony export */   uo: () => (/* binding */ INVENTORY_TYPE),
/* harmony export */   vr: () => (/* binding */ PART_OF_LABEL),
/* harmony export */   xP: () => (/* binding */ writeMemory),
/* harmony export */   zv: () => (/* binding */ recordOf),
/* harmony export */   zw: () => (/* binding */ readInventory)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9973);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(124);
/* harmony import */ var _version_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3816);
/* harmony import */ var _cluster_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5920);





/**
 * The inventory of a target: an ApplySet parent (KEP-3659, as shipped in kubectl: `applyset.kubernetes.io/*`). It
 * says which kinds and namespaces may hold members, and carries the deployment record in its data. Members are
 * found by the `part-of` label, so the parent stays small however large the target is.
 */
const PART_OF_LABEL = 'applyset.kubernetes.io/part-of';
const ID_LABEL = 'applyset.kubernetes.io/id';
const TOOLING = 'applyset.kubernetes.io/tooling';
const GROUP_KINDS = 'applyset.kubernetes.io/contains-group-kinds';
const NAMESPACES = 'applyset.kubernetes.io/additional-namespaces';
/** Type of the Secret that holds an inventory. */
const INVENTORY_TYPE = 'gitops-actions.dev/inventory';
const HISTORY_LENGTH = 20;
/** The name of the parent Secret. Environments and targets are DNS labels, so the dots keep them apart. */
function inventoryName(key) {
    return `gitops.${key.environment}.${key.target}`;
}
/** The ApplySet id of a target's inventory. */
function applySetId(key) {
    return parentId({ name: inventoryName(key), namespace: key.namespace, kind: 'Secret', group: '' });
}
/** The id of an ApplySet: `applyset-<base64url(sha256("name.namespace.kind.group"))>-v1`, as the specification computes it. */
function parentId(parent) {
    const text = `${parent.name}.${parent.namespace}.${parent.kind}.${parent.group}`;
    return `applyset-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(text).digest('base64url')}-v1`;
}
/** The target whose inventory a Secret is, by its name; undefined when it is none of ours. */
function keyOfInventory(secret) {
    const namespace = (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)(secret.metadata['namespace']) ?? '';
    const [prefix, environment, target, ...rest] = secret.metadata.name.split('.');
    if (prefix !== 'gitops' || environment === undefined || target === undefined || rest.length > 0)
        return undefined;
    const key = { environment, target, namespace };
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(secret, 'metadata', 'labels', ID_LABEL)) === applySetId(key) ? key : undefined;
}
/** The inventory in a parent Secret of ours. */
function inventoryOf(secret, key) {
    return {
        key,
        groupKinds: split((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(secret, 'metadata', 'annotations', GROUP_KINDS)),
        namespaces: split((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(secret, 'metadata', 'annotations', NAMESPACES)),
        ...memoryOf(secret),
        ...recordOf(secret, `Secret ${key.namespace}/${inventoryName(key)}`)
    };
}
/** Key of the Secret, and the field manager that owns it: a deploy writes the inventory anew and leaves this alone. */
const MEMORY = 'healing';
const MEMORY_MANAGER = 'gitops-actions-healing';
/**
 * Keeps what healing remembers with the inventory.
 * @throws ApiError when there is no inventory, or it may not be written
 */
async function writeMemory(cluster, key, value) {
    const data = { [MEMORY]: Buffer.from((0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .stringifyJson */ .sd)(value)).toString('base64') };
    await cluster.patch(parentRef(key), 'merge', { data }, { fieldManager: MEMORY_MANAGER });
}
/** What cannot be read is forgotten: it only costs a few more healings. */
function memoryOf(secret) {
    const encoded = (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(secret, 'data', MEMORY));
    if (encoded === undefined)
        return {};
    try {
        return { memory: (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJson */ .qF)(Buffer.from(encoded, 'base64').toString('utf8')) };
    }
    catch {
        return {};
    }
}
/**
 * Reads a target's inventory; undefined when there is none (never deployed, or deleted).
 * @throws GitOpsError when an object of that name is not ours: kubectl's or another tool's ApplySet, or a plain Secret
 */
async function readInventory(cluster, key) {
    const secret = await cluster.get(parentRef(key));
    if (!secret)
        return undefined;
    const where = `Secret ${key.namespace}/${inventoryName(key)}`;
    const id = (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(secret, 'metadata', 'labels', ID_LABEL));
    if (id !== applySetId(key))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .GitOpsError */ .$(`${where} exists but is not the inventory of target "${key.target}" (${ID_LABEL} is ${id ?? 'missing'}).`, {
            hint: 'Rename or remove that Secret, or give the target another name.'
        });
    const tooling = (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(secret, 'metadata', 'annotations', TOOLING)) ?? '';
    if (!tooling.startsWith('gitops-actions/'))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .GitOpsError */ .$(`${where} is the ApplySet of other tooling ("${tooling}").`, {
            hint: 'Only the tool that made an ApplySet may change it (KEP-3659). Remove its parent Secret first, or use another target name.'
        });
    return inventoryOf(secret, key);
}
/**
 * The deployment record of a target, from its inventory; undefined when nothing was ever deployed.
 * @throws GitOpsError when there is a record that cannot be read
 */
async function readDeployment(cluster, key) {
    const inventory = await readInventory(cluster, key);
    if (inventory?.damage)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .GitOpsError */ .$(inventory.damage, { hint: 'Deploy once more: a deploy writes it anew.' });
    return inventory?.record;
}
/** Writes the inventory as a whole (server-side apply, forced: nobody else has a say in it). */
async function writeInventory(cluster, inventory) {
    await cluster.apply(parentOf(inventory), { force: true });
}
/** The parent Secret as an object. Exported for tests against kubectl. */
function parentOf(inventory) {
    const { key, record } = inventory;
    const data = {};
    if (record)
        data['record'] = Buffer.from((0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .stringifyJson */ .sd)(record)).toString('base64');
    return {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: {
            name: inventoryName(key),
            namespace: key.namespace,
            labels: { [ID_LABEL]: applySetId(key), 'app.kubernetes.io/managed-by': _cluster_js__WEBPACK_IMPORTED_MODULE_3__/* .FIELD_MANAGER */ .vy },
            annotations: {
                [TOOLING]: `gitops-actions/v${_version_js__WEBPACK_IMPORTED_MODULE_4__/* .VERSION */ .x}`,
                [GROUP_KINDS]: [...new Set(inventory.groupKinds)].sort().join(','),
                [NAMESPACES]: [...new Set(inventory.namespaces)]
                    .filter((name) => name !== key.namespace)
                    .sort()
                    .join(',')
            }
        },
        type: INVENTORY_TYPE,
        data
    };
}
/** The record that follows `previous`: the previous one moves to the history, which keeps the newest entries. */
function nextRecord(previous, next) {
    if (!previous)
        return { ...next, history: [] };
    const { history, ...last } = previous;
    // A run that goes on replaces its own entry: "in-progress" becomes "succeeded" without leaving a trace of itself.
    const older = last.status === 'in-progress' && last.run === next.run && last.digest === next.digest ? history : [last, ...history];
    const kept = older.slice(0, HISTORY_LENGTH);
    // However many deployments failed since: that one succeeded tells an upgrade from an installation.
    const succeeded = older.find((one) => one.status === 'succeeded');
    if (succeeded && !kept.includes(succeeded))
        kept.splice(-1, 1, succeeded);
    return { ...next, history: kept };
}
/** Whether two readings of an inventory saw the same deployment as the last one. */
function sameDeployment(one, other) {
    const key = (record) => record && (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .stringifyJson */ .sd)([record.time, record.status, record.digest, record.run ?? null]);
    return key(one) === key(other);
}
function parentRef(key) {
    return { apiVersion: 'v1', kind: 'Secret', name: inventoryName(key), namespace: key.namespace };
}
/** The parts of a comma-separated annotation. */
function split(value) {
    return ((0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)(value) ?? '').split(',').filter((part) => part !== '');
}
/** The deployment record in a parent Secret, or that it cannot be read. */
function recordOf(secret, where = 'The inventory') {
    const encoded = (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(secret, 'data', 'record'));
    if (encoded === undefined)
        return {};
    try {
        const value = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'));
        if (isRecord(value))
            return { record: value };
    }
    catch {
        // no JSON: damaged like any other shape that is not a record
    }
    return { damage: `${where} holds a deployment record that cannot be read: somebody edited the inventory.` };
}
function isRecord(value) {
    return ((0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(value) &&
        (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)(value['target']) !== undefined &&
        (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)(value['digest']) !== undefined &&
        (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)(value['time']) !== undefined &&
        (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asObject */ .eB)(value['images']) !== undefined &&
        Array.isArray(value['history']));
}


/***/ }),

/***/ 3816:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ VERSION)
/* harmony export */ });
/** The suite's version: in the user agent, the inventory's tooling annotation and the reports. Held in step with package.json by a test. */
const VERSION = '0.1.0';


/***/ })

};
