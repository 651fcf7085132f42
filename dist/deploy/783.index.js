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
/* harmony import */ var _inventory_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5966);
/* harmony import */ var _live_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3267);




/** Begins to read. Nothing is thrown here: what fails is asked for once more by whoever needs it, and told then. */
function readAhead(cluster, key, signal) {
    const reading = (0,_cancel_js__WEBPACK_IMPORTED_MODULE_0__/* .endingWith */ ["in"])(cluster, signal, 0);
    const inventory = (0,_inventory_js__WEBPACK_IMPORTED_MODULE_2__/* .readInventory */ .zw)(reading, key);
    const lists = inventory.then((found) => beginLists(reading, key, found));
    lists.catch(() => { });
    return {
        inventory,
        async members(type, namespaces) {
            try {
                const begun = await lists;
                return scopeOf(namespaces) === begun.scope ? await begun.of.get((0,_client_paths_js__WEBPACK_IMPORTED_MODULE_1__/* .collectionPath */ .yb)(type)) : undefined;
            }
            catch {
                return undefined;
            }
        }
    };
}
async function beginLists(cluster, key, inventory) {
    const namespaces = [...new Set([key.namespace, ...(inventory?.namespaces ?? [])])];
    const lists = new Map();
    for (const groupKind of inventory?.groupKinds ?? []) {
        const type = await (0,_live_js__WEBPACK_IMPORTED_MODULE_3__/* .preferred */ .yl)(cluster, groupKind);
        if (!type)
            continue;
        const list = (0,_live_js__WEBPACK_IMPORTED_MODULE_3__/* .listMembers */ .YV)(cluster, type, { id: (0,_inventory_js__WEBPACK_IMPORTED_MODULE_2__/* .applySetId */ .A3)(key), namespaces });
        list.catch(() => { });
        lists.set((0,_client_paths_js__WEBPACK_IMPORTED_MODULE_1__/* .collectionPath */ .yb)(type), list);
    }
    return { scope: scopeOf(namespaces), of: lists };
}
function scopeOf(namespaces) {
    return [...namespaces].sort().join(',');
}


/***/ }),

/***/ 3267:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  YV: () => (/* binding */ listMembers),
  yl: () => (/* binding */ preferred),
  p9: () => (/* binding */ readLive),
  mo: () => (/* binding */ readMembers)
});

// EXTERNAL MODULE: ./src/concurrency.js
var concurrency = __webpack_require__(1819);
// EXTERNAL MODULE: ./src/errors.js
var errors = __webpack_require__(9973);
// EXTERNAL MODULE: ./src/json.js
var json = __webpack_require__(124);
// EXTERNAL MODULE: ./src/render/manifest.js
var manifest = __webpack_require__(1632);
// EXTERNAL MODULE: ./src/targets/kubernetes/client/explain.js
var explain = __webpack_require__(5343);
// EXTERNAL MODULE: ./src/targets/kubernetes/cluster.js
var kubernetes_cluster = __webpack_require__(5920);
;// CONCATENATED MODULE: ./src/targets/kubernetes/copies.js

/**
 * Namespaces that hold copies of a target's objects, each with how many: backups that are restored under another name
 * and clones of namespaces bring labels and field owners along, so nothing in an object itself tells it from its
 * original. Where nobody knows in which namespaces a target has members, one is taken for a copy when any object in it is
 * called like one that is declared or lives in a namespace that is known (`home`). What is wrongly taken for a copy stays.
 */
function copiedNamespaces(declared, found, home) {
    const originals = new Set([...declared, ...found.filter((object) => home.has((0,manifest/* namespaceOf */.N6)(object) ?? ''))].map(withoutPlace));
    const elsewhere = new Map();
    for (const object of found) {
        const namespace = (0,manifest/* namespaceOf */.N6)(object);
        if (namespace === undefined || home.has(namespace))
            continue;
        const list = elsewhere.get(namespace);
        if (list)
            list.push(object);
        else
            elsewhere.set(namespace, [object]);
    }
    return new Map([...elsewhere].flatMap(([namespace, objects]) => objects.some((object) => originals.has(withoutPlace(object))) ? [[namespace, objects.length]] : []));
}
function withoutPlace(object) {
    return `${(0,manifest/* groupOf */.F8)(object)}/${object.kind}/${object.metadata.name}`;
}

// EXTERNAL MODULE: ./src/targets/kubernetes/declared.js
var declared = __webpack_require__(3186);
// EXTERNAL MODULE: ./src/targets/kubernetes/describe.js
var describe = __webpack_require__(8281);
// EXTERNAL MODULE: ./src/targets/kubernetes/inventory.js
var kubernetes_inventory = __webpack_require__(5966);
;// CONCATENATED MODULE: ./src/targets/kubernetes/live.js










/**
 * Fetches everything that carries the target's membership label, of every type that it declares or ever owned.
 * One LIST per type: in the one namespace where that is all, else across namespaces, and namespace by namespace
 * where the credentials allow no more. With `partial`, objects of types that may not be listed are read one by one,
 * and what may not be read either is answered as unseen instead of failing the whole.
 */
async function readLive(cluster, key, declared, inventory, options = {}) {
    const away = [];
    const types = new Map();
    for (const { resource } of declared)
        if (resource)
            types.set(`${resource.kind}.${resource.group}`, resource);
    for (const groupKind of inventory?.groupKinds ?? []) {
        const name = qualified(groupKind);
        if (types.has(name))
            continue;
        const resource = await preferred(cluster, groupKind);
        if (resource)
            types.set(name, resource);
        else if (await isAway(cluster, groupKind))
            away.push(groupKind);
    }
    const namespaces = new Set([key.namespace, ...(inventory?.namespaces ?? [])]);
    for (const { namespace } of declared)
        if (namespace !== undefined)
            namespaces.add(namespace);
    const unseen = new Set();
    const notes = [];
    if (away.length > 0)
        notes.push(`Objects of these types could not be looked for, because the extension API server of their group does not answer (kubectl get apiservices): ${away.sort().join(', ')}. They stay in the inventory.`);
    const extent = { id: (0,kubernetes_inventory/* applySetId */.A3)(key), namespaces: [...namespaces], everywhere: !isTrusted(inventory) };
    const everywhere = extent.everywhere ? readRest(cluster, extent, new Set(types.keys())) : undefined;
    // Awaited below; until then its failure must not count as unhandled.
    everywhere?.catch(() => { });
    const forbidden = [];
    const lists = await (0,concurrency/* mapConcurrent */._)([...types.values()], 16, async (type) => {
        try {
            const read = extent.everywhere ? undefined : await options.ahead?.members(type, extent.namespaces);
            return read ?? (await listMembers(cluster, type, extent));
        }
        catch (error) {
            if (!(error instanceof kubernetes_cluster/* ApiError */.hD) || error.code !== 403)
                throw error;
            if (!options.partial) {
                forbidden.push(error);
                return [];
            }
            const own = declared.filter(({ resource }) => resource?.kind === type.kind && resource.group === type.group);
            const read = await readOneByOne(cluster, own);
            for (const id of read.unseen)
                unseen.add(id);
            notes.push(partialNote(type, own.length, read.unseen.length, error));
            return read.objects;
        }
    });
    // All at once: what may not be listed may hardly be written either.
    if (forbidden.length > 0)
        throw (0,explain/* describeForbidden */.FM)(forbidden, `Target "${key.target}"`, ['patch']);
    const found = lists.flat();
    const rest = await everywhere;
    // Some API servers show one object in two groups; the declared one counts, or the one that discovery names first.
    const seen = new Set(found.map(uidOf));
    for (const object of rest?.members ?? []) {
        const uid = uidOf(object);
        if (uid === undefined || !seen.has(uid))
            found.push(object);
        seen.add(uid);
    }
    const copies = extent.everywhere
        ? copiedNamespaces(declared.map(({ manifest }) => manifest.object), found, namespaces)
        : undefined;
    for (const [namespace, count] of copies ?? [])
        notes.push(`The namespace ${namespace} looks like a copy (of a backup, for one): what is there has the label and the names of this target's objects. ${count === 1 ? 'Its object is' : `Its ${count} objects are`} left alone.`);
    const members = new Map();
    for (const object of found)
        if (!copies?.has((0,manifest/* namespaceOf */.N6)(object) ?? ''))
            members.set((0,manifest/* objectId */.Tu)(object), object);
    return { members, away, unseen, notes, ...(rest ? { hidden: rest.hidden } : {}) };
}
function uidOf(object) {
    return (0,json/* asString */.oJ)(object.metadata['uid']);
}
/** Declared objects of a type that may not be listed: a Role may still allow to read them by name. */
async function readOneByOne(cluster, declared) {
    const objects = [];
    const unseen = [];
    await (0,concurrency/* mapConcurrent */._)(declared, 8, async ({ id, manifest }) => {
        try {
            const object = await cluster.get((0,describe/* refOf */.H8)(manifest.object));
            if (object)
                objects.push(object);
        }
        catch (error) {
            if (!(error instanceof kubernetes_cluster/* ApiError */.hD) || error.code !== 403)
                throw error;
            unseen.push(id);
        }
    });
    return { objects, unseen };
}
function partialNote(type, declared, unseen, error) {
    const name = type.group === '' ? type.plural : `${type.plural}.${type.group}`;
    const forbidden = (0,explain/* explainForbidden */.Dh)(error);
    const who = forbidden ? ` the user "${forbidden.user}"` : ' the credentials';
    const where = forbidden?.namespace ? ` in the namespace "${forbidden.namespace}"` : '';
    const cure = `A Role with the verbs get and list on ${name} allows it.`;
    const what = unseen > 0
        ? `${unseen} of ${declared} declared objects of the type ${name} were not checked`
        : `Objects of the type ${name} that are no longer declared were not looked for`;
    return `${what}:${who} may not list ${name}${where}. ${cure}`;
}
/** Whether the group of a type that is not served is registered all the same: the client says so instead of "not there". */
async function isAway(cluster, groupKind) {
    const [kind = '', ...group] = groupKind.split('.');
    try {
        await cluster.get({ apiVersion: `${group.join('.')}/v1`, kind, name: 'any' });
        return false;
    }
    catch (error) {
        if (error instanceof errors/* GitOpsError */.$)
            return true;
        throw error;
    }
}
/** Whether an inventory says where all members are. */
function isTrusted(inventory) {
    return inventory !== undefined && inventory.edited === undefined;
}
/**
 * Without an inventory nobody knows of which types a target has members, and where: it was never deployed, or its
 * inventory was deleted, perhaps with its whole namespace. So every other type is asked for in every namespace; what
 * may not be listed is told.
 */
async function readRest(cluster, extent, known) {
    const types = new Map();
    for (const type of await cluster.resources()) {
        const name = `${type.kind}.${type.group}`;
        if (known.has(name) || types.has(name) || NEVER_MEMBERS.has(name))
            continue;
        if (type.verbs.includes('list') && type.verbs.includes('patch'))
            types.set(name, type);
    }
    const hidden = [];
    const lists = await (0,concurrency/* mapConcurrent */._)([...types.values()], 16, async (type) => {
        try {
            return await listMembers(cluster, type, extent);
        }
        catch (error) {
            // Forbidden, or an aggregated API whose server is down.
            if (!(error instanceof kubernetes_cluster/* ApiError */.hD))
                throw error;
            hidden.push(type.group === '' ? type.plural : `${type.plural}.${type.group}`);
            return [];
        }
    });
    return { members: lists.flat().filter((object) => !(0,declared/* hasOwner */.uD)(object)), hidden: hidden.sort() };
}
/** Endpoints and their like carry the labels of the Service that they belong to; events are many and belong to nobody. */
const NEVER_MEMBERS = new Set([
    'Endpoints.',
    'EndpointSlice.discovery.k8s.io',
    'Event.',
    'Event.events.k8s.io'
]);
/** The members of any ApplySet, found as its parent says: in these types (`Kind.group`) and namespaces. */
async function readMembers(cluster, set) {
    const types = await Promise.all(set.groupKinds.map((groupKind) => preferred(cluster, groupKind)));
    const lists = await (0,concurrency/* mapConcurrent */._)(types.filter((type) => type !== undefined), 16, (type) => listMembers(cluster, type, set));
    return lists.flat();
}
/** Everything of a type that carries a set's label: asked for at once, and namespace by namespace where that is forbidden. */
async function listMembers(cluster, type, extent) {
    const { namespaces, everywhere = false } = extent;
    const labelSelector = `${kubernetes_inventory/* PART_OF_LABEL */.vr}=${extent.id}`;
    if (!type.namespaced)
        return (await cluster.list(type, { labelSelector })).items;
    const [only] = namespaces;
    if (!everywhere && namespaces.length === 1 && only !== undefined)
        return (await cluster.list(type, { namespace: only, labelSelector })).items;
    try {
        const { items } = await cluster.list(type, { labelSelector });
        // Elsewhere it is no member: a backup that was restored under another name, for one, brings labels along.
        return everywhere ? items : items.filter((object) => namespaces.includes((0,manifest/* namespaceOf */.N6)(object) ?? ''));
    }
    catch (error) {
        if (!(error instanceof kubernetes_cluster/* ApiError */.hD) || error.code !== 403)
            throw error;
        const lists = await (0,concurrency/* mapConcurrent */._)(namespaces, 8, async (namespace) => (await cluster.list(type, { namespace, labelSelector })).items);
        return lists.flat();
    }
}
/** The served type of `Kind.group`, whatever its version; discovery lists the preferred version first. */
async function preferred(cluster, groupKind) {
    const name = qualified(groupKind);
    return (await cluster.resources()).find((type) => `${type.kind}.${type.group}` === name && type.verbs.includes('list'));
}
/** An inventory names kinds of the core group without a dot. */
function qualified(groupKind) {
    return groupKind.includes('.') ? groupKind : `${groupKind}.`;
}


/***/ })

};
