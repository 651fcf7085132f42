export const id = 267;
export const ids = [267];
export const modules = {

/***/ 4599:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ heldBy),
/* harmony export */   s: () => (/* binding */ deleteAndWait)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8500);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9973);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(124);
/* harmony import */ var _render_manifest_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1632);
/* harmony import */ var _describe_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8281);





/**
 * Deletes this very object (by UID) and returns when it is gone.
 * @throws GitOpsError naming the finalizers that hold it when it is still there at the deadline
 */
async function deleteAndWait(options, object, deadline) {
    const { cluster, signal } = options;
    const now = options.now ?? (() => new Date());
    const ref = (0,_describe_js__WEBPACK_IMPORTED_MODULE_3__/* .refOf */ .H8)(object);
    const uid = (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)(object.metadata['uid']);
    const propagation = isUnfinishedJob(object) ? 'Foreground' : 'Background';
    await cluster.delete(ref, { propagation, ...(uid === undefined ? {} : { uid }) });
    for (let pause = 50;; pause = Math.min(pause * 2, 1000)) {
        const live = await cluster.get(ref);
        if (!live || (uid !== undefined && (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)(live.metadata['uid']) !== uid))
            return;
        if (now().getTime() + pause > deadline || signal?.aborted) {
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .GitOpsError */ .$(`${(0,_describe_js__WEBPACK_IMPORTED_MODULE_3__/* .describe */ .q0)(object)} was deleted but is still there${heldBy(live)}.`, {
                hint: 'Find why it is not removed (kubectl get -o yaml); the next run goes on from here.'
            });
        }
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(pause);
    }
}
/** `, held by the finalizers …`; empty where nothing is known to hold an object. */
function heldBy(live) {
    const finalizers = ((0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asList */ .DD)((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(live, 'metadata', 'finalizers')) ?? []).map(String);
    if (finalizers.includes('foregroundDeletion'))
        return ', because its pods have not ended yet';
    return finalizers.length > 0 ? `, held by the finalizers ${finalizers.join(', ')}` : '';
}
/**
 * A Job that still runs goes together with its pods: what comes in its place must not work beside them (two
 * migrations at once). The Job controller also counts the pods it has made by the Job's name, and waits five minutes
 * for one of them when the Job was gone before it saw it.
 */
function isUnfinishedJob(object) {
    if (object.kind !== 'Job' || (0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .groupOf */ .F8)(object) !== 'batch')
        return false;
    const conditions = (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asList */ .DD)((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(object, 'status', 'conditions')) ?? [];
    return !conditions.some((one) => ((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(one, 'type') === 'Complete' || (0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(one, 'type') === 'Failed') && (0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(one, 'status') === 'True');
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

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./src/concurrency.js
var concurrency = __webpack_require__(1819);
// EXTERNAL MODULE: ./src/errors.js
var errors = __webpack_require__(9973);
// EXTERNAL MODULE: ./src/json.js
var json = __webpack_require__(124);
// EXTERNAL MODULE: ./src/render/manifest.js
var manifest = __webpack_require__(1632);
// EXTERNAL MODULE: ./src/targets/kubernetes/cancel.js
var cancel = __webpack_require__(406);
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

// EXTERNAL MODULE: ./src/targets/kubernetes/describe.js
var describe = __webpack_require__(8281);
// EXTERNAL MODULE: ./src/targets/kubernetes/inventory.js
var kubernetes_inventory = __webpack_require__(5966);
// EXTERNAL MODULE: ./src/targets/kubernetes/prune.js
var prune = __webpack_require__(3066);
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
    const everywhere = extent.everywhere
        ? readRest(cluster, extent, new Set(types.keys()), options.patience ?? PATIENCE)
        : undefined;
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
    const ids = new Set(declared.map(({ id }) => id));
    // Where members are told by their labels alone, those count that we applied: controllers copy labels to what they make.
    const found = lists.flat().filter((object) => !extent.everywhere || ids.has((0,manifest/* objectId */.Tu)(object)) || (0,prune/* isOurs */.MU)(object));
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
    const cure = `A ${forbidden?.namespace ? 'Role' : 'ClusterRole'} with the verbs get and list on ${name} allows it.`;
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
async function readRest(cluster, extent, known, patience) {
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
            return await inTime(listMembers(cluster, type, extent), patience);
        }
        catch (error) {
            // Forbidden, or an aggregated API whose server is down, hangs or answers nonsense: the target itself may do without.
            if (!(error instanceof errors/* GitOpsError */.$ || error instanceof kubernetes_cluster/* ApiError */.hD) || error instanceof cancel/* CancelledError */.cc)
                throw error;
            hidden.push(type.group === '' ? type.plural : `${type.plural}.${type.group}`);
            return [];
        }
    });
    return { members: lists.flat().filter(prune/* isOurs */.MU), hidden: hidden.sort() };
}
/** An API server's own limit is a minute; one that hangs must not hold up every first deploy for so long. */
const PATIENCE = 30_000;
/** @throws GitOpsError when it takes longer than `patience` milliseconds */
async function inTime(work, patience) {
    const over = new AbortController();
    const late = (0,promises_.setTimeout)(patience, undefined, { signal: over.signal, ref: false }).then(() => {
        throw new errors/* GitOpsError */.$('The API server took too long.');
    });
    try {
        return await Promise.race([work, late]);
    }
    finally {
        late.catch(() => { });
        over.abort();
    }
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


/***/ }),

/***/ 3066:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MU: () => (/* binding */ isOurs),
/* harmony export */   Vx: () => (/* binding */ asksToStay),
/* harmony export */   W: () => (/* binding */ prunable),
/* harmony export */   XY: () => (/* binding */ keptBecause),
/* harmony export */   bz: () => (/* binding */ isProtected)
/* harmony export */ });
/* unused harmony export limitOf */
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(124);
/* harmony import */ var _render_manifest_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1632);
/* harmony import */ var _cluster_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5920);
/* harmony import */ var _declared_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3186);
/* harmony import */ var _delete_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4599);





/** Never deleted because a manifest went away, nor replaced by a wildcard: with them goes data, or everything inside. */
const PROTECTED_KINDS = new Set([
    'Namespace',
    'PersistentVolume',
    'PersistentVolumeClaim',
    'CustomResourceDefinition.apiextensions.k8s.io',
    // OpenShift's view of a Namespace.
    'Project.project.openshift.io'
]);
/**
 * What pruning would delete. Only objects that carry our label *and* that our field manager applied, that no
 * controller owns (controllers copy labels to their children), that are of no protected kind and do not ask to be kept.
 * `problems` is why pruning is refused as a whole.
 */
function prunable(options, declared, live, inventory, beside = {}) {
    const notes = [];
    const remaining = [];
    const declaredIds = new Set(declared.members.map((member) => member.id));
    const all = leftOverIn(live, beside.adopted);
    const total = all.length;
    const found = [];
    for (const [id, object, set] of all) {
        const uid = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)(object.metadata['uid']);
        if (declaredIds.has(id) || (uid !== undefined && beside.present?.has(uid)))
            continue;
        if (object.metadata['deletionTimestamp'] !== undefined) {
            // Until it is gone, the inventory must not forget where it is.
            remaining.push(object);
            notes.push(`${id} is no longer declared and is being deleted, but is still there${(0,_delete_js__WEBPACK_IMPORTED_MODULE_3__/* .heldBy */ .V)(object)}.`);
            continue;
        }
        const claimed = beside.claimed?.get(id);
        const kept = claimed === undefined ? (keptBecause(object) ?? (options.policy.prune ? beside.undecided : 'prune is off')) : '';
        if (kept !== undefined)
            remaining.push(object);
        if (claimed !== undefined)
            notes.push(`${id} moves to ${claimed}, which takes it over as it is; it is not deleted.`);
        else if (kept !== undefined)
            notes.push(`${id} is no longer declared and is kept: ${kept}.`);
        else if (uid !== undefined)
            found.push({ object, uid, ...(set === undefined ? {} : { set }) });
    }
    const problems = [];
    const limit = limitOf(options.policy.maxPrune, total);
    const other = otherRepository(options.source?.repository, inventory);
    if (found.length > 0 && other !== undefined)
        problems.push(`what lives here was deployed from the repository ${other}, and pruning would delete ${found.length} of its objects (${listed(found)}). Give this target another name or namespace. If the repository was only renamed, deploy once with prune off.`);
    if (found.length > limit)
        problems.push(`pruning would delete ${found.length} of ${total} objects, more than max-prune (${options.policy.maxPrune}) allows: ${listed(found)}. If that is meant, raise max-prune for this run.`);
    return { prunable: found, kept: remaining, notes, problems };
}
/** Members of ours and of adopted sets, by id, with the set of the adopted ones; nothing that only carries copied labels. */
function leftOverIn(live, adopted) {
    const own = [...live.members].flatMap(([id, object]) => isApplied(object) ? [[id, object, undefined]] : []);
    const others = [...(adopted ?? [])].flatMap(([id, { object, set }]) => live.members.has(id) || (0,_declared_js__WEBPACK_IMPORTED_MODULE_2__/* .hasOwner */ .uD)(object) ? [] : [[id, object, set]]);
    return [...own, ...others];
}
/** Two repositories that chose the same names would delete each other's objects. */
function otherRepository(own, inventory) {
    const deployed = inventory?.record?.repository;
    return own === undefined || deployed === undefined || own.toLowerCase() === deployed.toLowerCase()
        ? undefined
        : deployed;
}
function listed(found) {
    const names = found.slice(0, 10).map((one) => nameOf(one.object));
    return `${names.join(', ')}${found.length > 10 ? ', …' : ''}`;
}
/** The most deletions that `max-prune` allows among `total` objects; a share is rounded down, but one object is always allowed unless it is 0 %. */
function limitOf(maxPrune, total) {
    if (typeof maxPrune === 'number')
        return maxPrune;
    const share = Number.parseFloat(maxPrune) / 100;
    return share === 0 ? 0 : Math.max(1, Math.floor(share * total));
}
/** Whether our field manager applied an object that no controller owns. */
function isOurs(object) {
    return !(0,_declared_js__WEBPACK_IMPORTED_MODULE_2__/* .hasOwner */ .uD)(object) && isApplied(object);
}
function isApplied(object) {
    return ((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asList */ .DD)(object.metadata['managedFields']) ?? []).some((entry) => (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__.at)(entry, 'manager')) === _cluster_js__WEBPACK_IMPORTED_MODULE_1__/* .FIELD_MANAGER */ .vy && (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__.at)(entry, 'operation')) === 'Apply');
}
/** Whether an object holds data, or everything inside it goes with it. */
function isProtected(object) {
    const group = (0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .groupOf */ .F8)(object);
    return PROTECTED_KINDS.has(group === '' ? object.kind : `${object.kind}.${group}`);
}
/** Why an object is never deleted because its manifest went away; undefined when it may be. */
function keptBecause(object) {
    if (isProtected(object))
        return `objects of kind ${object.kind} are deleted by hand only`;
    if ((0,_declared_js__WEBPACK_IMPORTED_MODULE_2__/* .hasOwner */ .uD)(object))
        return `it belongs to ${ownersOf(object)} by now, and goes with it`;
    return asksToStay(object);
}
/** The annotation by which an object asks never to be deleted, as `name: value`. */
function asksToStay(object) {
    const policy = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__.at)(object, 'metadata', 'annotations', 'helm.sh/resource-policy'));
    // As Helm reads it.
    if (policy?.trim().toLowerCase() === 'keep')
        return 'helm.sh/resource-policy: keep';
    const options = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__.at)(object, 'metadata', 'annotations', 'argocd.argoproj.io/sync-options')) ?? '';
    const option = options.split(',').map((one) => one.trim());
    const keeping = option.find((one) => KEEPING.has(one));
    if (keeping !== undefined)
        return `argocd.argoproj.io/sync-options: ${keeping}`;
    for (const [name, value] of KEEPING_ANNOTATIONS)
        if ((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__.at)(object, 'metadata', 'annotations', name)) === value)
            return `${name}: ${value}`;
    return undefined;
}
function ownersOf(object) {
    const owners = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asList */ .DD)(object.metadata['ownerReferences']) ?? [];
    return owners.map((owner) => `${(0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__.at)(owner, 'kind')) ?? ''} ${(0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__.at)(owner, 'name')) ?? ''}`).join(', ');
}
/** Nobody is asked in a pipeline: what wants a confirmation stays. */
const KEEPING = new Set(['Prune=false', 'Delete=false', 'Prune=confirm', 'Delete=confirm']);
/** The words of cli-utils, Flux, kluctl and kapp for the same. */
const KEEPING_ANNOTATIONS = [
    ['client.lifecycle.config.k8s.io/deletion', 'detach'],
    ['cli-utils.sigs.k8s.io/on-remove', 'keep'],
    ['kustomize.toolkit.fluxcd.io/prune', 'disabled'],
    ['kluctl.io/skip-delete', 'true'],
    ['kapp.k14s.io/delete-strategy', 'orphan']
];
function nameOf(object) {
    const namespace = (0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .namespaceOf */ .N6)(object);
    return `${object.kind} ${namespace ? `${namespace}/` : ''}${object.metadata.name}`;
}


/***/ })

};
