export const id = 824;
export const ids = [824];
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

/***/ 5207:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _u: () => (/* binding */ judgeHandovers),
/* harmony export */   wC: () => (/* binding */ nameOfTarget)
/* harmony export */ });
/* unused harmony export ownerOf */
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(124);
/* harmony import */ var _render_manifest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1632);
/* harmony import */ var _cluster_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5920);
/* harmony import */ var _inventory_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5966);




/**
 * Judges each object that belongs to another set, by object id. An object that has moved to this target is handed over:
 * a set of the same repository that no longer declares it gives it away. What two targets declare at once is refused,
 * and so is what belongs to another tool or repository, unless its set is `adopted`.
 */
async function judgeHandovers(options, objects, setId, adopted) {
    const foreign = objects.flatMap((object) => {
        const owner = ownerOf(object);
        return owner === undefined || owner === setId ? [] : [{ object, owner }];
    });
    const result = new Map();
    if (foreign.length === 0)
        return result;
    const holders = new Map();
    for (const { object, owner } of foreign)
        if (!adopted.has(owner) && !holders.has(owner))
            holders.set(owner, await findHolder(options, owner, object));
    const disputed = foreign.filter(({ owner }) => !adopted.has(owner)).map(({ object }) => (0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_3__/* .objectId */ .Tu)(object));
    const claims = await options.neighbours?.declaring(disputed, [...holders.values()].flatMap((holder) => (holder.type === 'target' ? [holder.key] : [])));
    for (const { object, owner } of foreign) {
        const id = (0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_3__/* .objectId */ .Tu)(object);
        const parent = adopted.get(owner);
        result.set(id, parent === undefined
            ? judge(options, holders.get(owner) ?? { type: 'unknown' }, claims, id)
            : { taken: true, from: `the ApplySet ${parent}` });
    }
    return result;
}
/** The id of the set that an object belongs to. */
function ownerOf(object) {
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__.at)(object, 'metadata', 'labels', _inventory_js__WEBPACK_IMPORTED_MODULE_2__/* .PART_OF_LABEL */ .vr));
}
/** `target "web" of staging`. */
function nameOfTarget(key) {
    return `target "${key.target}" of ${key.environment}`;
}
function judge({ source }, holder, claims, id) {
    if (holder.type === 'tool')
        return refuse(`belongs to the ApplySet ${holder.parent} of other tooling (${holder.tooling})`, `To take over that whole set, name it: adopt: ${holder.parent}.`);
    if (holder.type === 'unknown')
        return {
            ...refuse("belongs to another target's set, whose parent object cannot be found", 'Declare it in one target only.'),
            orphaned: true
        };
    const name = nameOfTarget(holder.key);
    const { repository, revision } = holder;
    if (repository !== undefined && repository.toLowerCase() !== source.repository?.toLowerCase())
        return refuse(`belongs to another target's set: ${name} of the repository ${repository}`, letGo(holder.key));
    const claimed = claims?.by.get(id);
    if (claimed !== undefined)
        return refuse(`belongs to another target's set, and ${nameOfTarget(claimed)} still declares it`, 'Declare it in one target only.');
    if (claims !== undefined) {
        const unreadable = claims.unreadable.find(({ key }) => isSame(key, holder.key));
        if (!unreadable)
            return { taken: true, from: name };
        return refuse(`belongs to another target's set, and whether ${name} still declares it is not known: ${unreadable.reason}`, 'Correct that target first.');
    }
    // Without a declaration of the whole, commits tell: what was deployed from this very commit declares what it has.
    if (revision !== undefined && source.revision !== undefined && revision !== source.revision)
        return { taken: true, from: name };
    return refuse(`belongs to another target's set: ${name}${revision === undefined ? '' : ', which was deployed from this very commit'}`, `Declare it in one target only. ${letGo(holder.key)}`);
}
function letGo(key) {
    return `If it has moved here, say so: adopt: Secret/${key.namespace}/${(0,_inventory_js__WEBPACK_IMPORTED_MODULE_2__/* .inventoryName */ .mu)(key)}.`;
}
function refuse(why, then) {
    return { taken: false, why, then };
}
async function findHolder({ cluster, neighbours }, setId, object) {
    const parent = await findParent(cluster, setId, (0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_3__/* .namespaceOf */ .N6)(object));
    if (!parent) {
        // Its inventory was deleted, or may not be read; a declared target is known by its id all the same.
        const known = neighbours?.targets.find((key) => (0,_inventory_js__WEBPACK_IMPORTED_MODULE_2__/* .applySetId */ .A3)(key) === setId);
        return known ? { type: 'target', key: known } : { type: 'unknown' };
    }
    const tooling = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__.at)(parent, 'metadata', 'annotations', _inventory_js__WEBPACK_IMPORTED_MODULE_2__/* .TOOLING */ .Ns)) ?? 'unknown';
    const key = parent.kind === 'Secret' ? (0,_inventory_js__WEBPACK_IMPORTED_MODULE_2__/* .keyOfInventory */ .dR)(parent) : undefined;
    if (key && tooling.startsWith('gitops-actions/')) {
        const { record } = (0,_inventory_js__WEBPACK_IMPORTED_MODULE_2__/* .recordOf */ .zv)(parent);
        return { type: 'target', key, repository: record?.repository, revision: record?.revision };
    }
    const place = [parent.kind, (0,_render_manifest_js__WEBPACK_IMPORTED_MODULE_3__/* .namespaceOf */ .N6)(parent), parent.metadata.name].filter((part) => part !== undefined);
    return { type: 'tool', parent: place.join('/'), tooling };
}
/** The parent object of a set, among Secrets and ConfigMaps; those of custom kinds are not looked for. */
async function findParent(cluster, setId, namespace) {
    const labelSelector = `${_inventory_js__WEBPACK_IMPORTED_MODULE_2__/* .ID_LABEL */ .X1}=${setId}`;
    for (const kind of ['Secret', 'ConfigMap']) {
        const type = await cluster.resourceFor('v1', kind);
        if (!type)
            continue;
        for (const where of [{}, ...(namespace === undefined ? [] : [{ namespace }])])
            try {
                // A backup that was restored under another name carries the label, too: the id says whose it is.
                const found = (await cluster.list(type, { ...where, labelSelector })).items.find(({ metadata }) => (0,_inventory_js__WEBPACK_IMPORTED_MODULE_2__/* .parentId */ .A1)({ name: metadata.name, namespace: String(metadata['namespace']), kind, group: '' }) === setId);
                if (found)
                    return { ...found, apiVersion: 'v1', kind };
                break;
            }
            catch (error) {
                // Credentials for one namespace: ask there.
                if (!(error instanceof _cluster_js__WEBPACK_IMPORTED_MODULE_1__/* .ApiError */ .hD) || error.code !== 403)
                    throw error;
            }
    }
    return undefined;
}
function isSame(a, b) {
    return (0,_inventory_js__WEBPACK_IMPORTED_MODULE_2__/* .inventoryName */ .mu)(a) === (0,_inventory_js__WEBPACK_IMPORTED_MODULE_2__/* .inventoryName */ .mu)(b) && a.namespace === b.namespace;
}


/***/ }),

/***/ 3516:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ withLease)
/* harmony export */ });
/* unused harmony export releaseLease */
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8500);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9973);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(124);
/* harmony import */ var _cancel_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(406);
/* harmony import */ var _cluster_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5920);
/* harmony import */ var _inventory_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5966);






/** How far the clocks of two runners may be apart before one takes the other's lease for ended. */
const SKEW_SECONDS = 60;
/** How long a holder that stopped renewing keeps others out: a crashed run frees its target after this. */
const DURATION_SECONDS = 30;
const RENEW_MILLISECONDS = 10_000;
/**
 * Runs `work` while holding the target's Lease, so that two runs never write to one target at the same time. The
 * signal given to `work` aborts when the lease is lost to somebody else. Credentials that may not use leases get a
 * warning instead: then only GitHub's `concurrency` keeps runs apart.
 * @throws GitOpsError naming the holder when another run still holds the lease at the deadline
 */
async function withLease(options, work) {
    const lost = new AbortController();
    const { holder, key } = options;
    const mine = { namespace: key.namespace, name: (0,_inventory_js__WEBPACK_IMPORTED_MODULE_5__/* .inventoryName */ .mu)(key), holder };
    options.onLease?.(mine, true);
    try {
        await acquire(options);
    }
    catch (error) {
        if (!(error instanceof _cluster_js__WEBPACK_IMPORTED_MODULE_4__/* .ApiError */ .hD) || error.code !== 403)
            throw error;
        options.log.warning(`The lease of target ${options.key.target} cannot be taken (${error.message}). Two runs at the same time would not notice each other; give the deployer the verbs get, create, patch and delete on leases.coordination.k8s.io.`);
        return work(lost.signal);
    }
    let renewing = false;
    const timer = setInterval(async () => {
        if (renewing)
            return; // the API server is away, and the client waits for it
        renewing = true;
        await renew(options, lost);
        renewing = false;
    }, RENEW_MILLISECONDS);
    try {
        return await work(lost.signal);
    }
    finally {
        clearInterval(timer);
        if (lost.signal.aborted || (await release(options)))
            options.onLease?.(mine, false);
    }
}
async function acquire(options) {
    let said = false;
    let seen = { version: undefined, at: options.now().getTime() };
    let looked = options.now().getTime();
    for (;;) {
        const live = await options.cluster.get(ref(options.key));
        const version = (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(live, 'metadata', 'resourceVersion'));
        const now = options.now().getTime();
        // While the API server was away its holder could not renew it either: that time does not count.
        if (seen.version !== version || now - looked > RENEW_MILLISECONDS)
            seen = { version, at: now };
        looked = now;
        if (await take(options, live, seen))
            return;
        if (options.signal?.aborted)
            throw new _cancel_js__WEBPACK_IMPORTED_MODULE_3__/* .CancelledError */ .cc(`The run was cancelled while it waited for target "${options.key.target}".`);
        const holder = (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(live, 'spec', 'holderIdentity')) ?? 'another run';
        if (!said)
            options.log.info(`Target ${options.key.target} is held by ${holder}; waiting for it to finish.`);
        said = true;
        if (options.now().getTime() + 1000 > options.deadline)
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .GitOpsError */ .$(`Target "${options.key.target}" is being written by another run: ${holder}.`, {
                hint: `Wait for that run, or cancel it. What a run that crashed held is free after ${DURATION_SECONDS} seconds.`
            });
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(1000);
    }
}
/** True when the lease is ours now. Somebody else may always be faster: then the API server refuses our write. */
async function take(options, live, seen) {
    const { cluster, key, holder } = options;
    const spec = {
        holderIdentity: holder,
        leaseDurationSeconds: DURATION_SECONDS,
        acquireTime: microTime(options.now()),
        renewTime: microTime(options.now())
    };
    try {
        if (!live) {
            await cluster.create({
                apiVersion: 'coordination.k8s.io/v1',
                kind: 'Lease',
                metadata: { name: (0,_inventory_js__WEBPACK_IMPORTED_MODULE_5__/* .inventoryName */ .mu)(key), namespace: key.namespace },
                spec
            });
            return true;
        }
        const held = (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(live, 'spec', 'holderIdentity'));
        if (held && held !== holder && !expired(live, seen, options.now()))
            return false;
        const resourceVersion = live.metadata['resourceVersion'] ?? null;
        await cluster.patch(ref(key), 'merge', { metadata: { resourceVersion }, spec });
        return true;
    }
    catch (error) {
        // The answer to a creation was lost: who holds it now says whether it was done.
        if (!live && error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .GitOpsError */ .$ && !(error instanceof _cancel_js__WEBPACK_IMPORTED_MODULE_3__/* .CancelledError */ .cc))
            return (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(await cluster.get(ref(key)), 'spec', 'holderIdentity')) === holder;
        // 404 of a patch: it was released meanwhile. 404 of a create: there is no such namespace, and waiting brings none.
        if (error instanceof _cluster_js__WEBPACK_IMPORTED_MODULE_4__/* .ApiError */ .hD && (error.code === 409 || (live && error.code === 404)))
            return false;
        throw error;
    }
}
async function renew(options, lost) {
    try {
        const live = await options.cluster.get(ref(options.key));
        const holder = (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(live, 'spec', 'holderIdentity'));
        if (holder !== options.holder) {
            lost.abort(lostLease(options.key.target, holder));
            return;
        }
        const resourceVersion = live?.metadata['resourceVersion'] ?? null;
        const spec = { renewTime: microTime(options.now()) };
        await options.cluster.patch(ref(options.key), 'merge', { metadata: { resourceVersion }, spec });
    }
    catch (error) {
        // An API server that is away for a moment: the next renewal comes before the lease ends.
        options.log.debug(`lease of ${options.key.target} not renewed: ${String(error)}`);
    }
}
function lostLease(target, holder) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .GitOpsError */ .$(`The lease of target "${target}" was ${holder === undefined ? 'deleted' : `taken over by ${holder}`} while this run wrote.`, { hint: 'This run stopped between objects. See that only one run writes at a time, then run again.' });
}
/** Best effort: what is not released ends by itself. */
async function release(options) {
    const { key, holder } = options;
    try {
        await releaseLease(options.cluster, { namespace: key.namespace, name: (0,_inventory_js__WEBPACK_IMPORTED_MODULE_5__/* .inventoryName */ .mu)(key), holder });
        return true;
    }
    catch (error) {
        options.log.debug(`lease of ${key.target} not released: ${String(error)}`);
        return false;
    }
}
/**
 * Deletes a lease that is still its holder's.
 * @returns false when it is gone, or somebody else's by now
 */
async function releaseLease(cluster, lease) {
    const { name, namespace, holder } = lease;
    const where = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', name, namespace };
    for (let attempt = 1;; attempt++) {
        const live = await cluster.get(where);
        const uid = (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(live, 'metadata', 'uid'));
        const resourceVersion = (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(live, 'metadata', 'resourceVersion'));
        if (uid === undefined || (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(live, 'spec', 'holderIdentity')) !== holder)
            return false;
        try {
            // A takeover keeps the UID: only the version says that it is still ours.
            return await cluster.delete(where, { uid, ...(resourceVersion === undefined ? {} : { resourceVersion }) });
        }
        catch (error) {
            if (!(error instanceof _cluster_js__WEBPACK_IMPORTED_MODULE_4__/* .ApiError */ .hD) || error.code !== 409 || attempt === 3)
                throw error;
        }
    }
}
/**
 * Whether its holder stopped renewing. The time in the lease is by the holder's clock, so it only counts where it is
 * long ago; else what counts is that nothing was renewed while we looked on.
 */
function expired(live, seen, now) {
    const renewed = Date.parse((0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(live, 'spec', 'renewTime')) ?? '');
    const duration = ((0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asNumber */ .i)((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(live, 'spec', 'leaseDurationSeconds')) ?? DURATION_SECONDS) * 1000;
    if (Number.isNaN(renewed) || seen.at + duration < now.getTime())
        return true;
    return renewed + duration + SKEW_SECONDS * 1000 < now.getTime();
}
function ref(key) {
    return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', name: (0,_inventory_js__WEBPACK_IMPORTED_MODULE_5__/* .inventoryName */ .mu)(key), namespace: key.namespace };
}
/** RFC 3339 with microseconds, as the Lease API wants it. */
function microTime(time) {
    return time.toISOString().replace('Z', '000Z');
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


/***/ }),

/***/ 930:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   v: () => (/* binding */ deletePrunable)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8500);
/* harmony import */ var _concurrency_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(1819);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9973);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(124);
/* harmony import */ var _cluster_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5920);
/* harmony import */ var _delete_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4599);
/* harmony import */ var _describe_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8281);
/* harmony import */ var _inventory_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5966);
/* harmony import */ var _order_index_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1418);
/* harmony import */ var _prune_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(3066);










/** Concurrent deletions inside a level. */
const CONCURRENCY = 16;
/** How often a deletion starts again because the object changes while it is looked at. */
const ATTEMPTS = 4;
/**
 * Deletes what was planned, in the reverse order of applying; no level begins after one that failed, nor before what
 * the one before deleted is gone: whoever has to release a custom resource must still be there. Each object is read
 * once more: it is deleted only if it is still the one that was planned, still carries the label of its set, and has
 * got no owner and nothing that keeps it since, so what another target took over in the meantime stays.
 * @param setId the target's own set
 * @param leaving left out where nothing is waited for
 */
async function deletePrunable(cluster, prunable, setId, signal, leaving) {
    const results = [];
    const planned = new Map(prunable.map((one) => [one.object, one]));
    let failed = 0;
    let left = false;
    for (const level of (0,_order_index_js__WEBPACK_IMPORTED_MODULE_6__/* .orderForPrune */ .Ai)(prunable.map((one) => one.object))) {
        if (signal?.aborted || failed > 0) {
            results.push(...level.map((object) => ({ resource: (0,_describe_js__WEBPACK_IMPORTED_MODULE_8__/* .resourceOf */ .KU)(object), action: 'skipped' })));
            continue;
        }
        const outcomes = await (0,_concurrency_js__WEBPACK_IMPORTED_MODULE_9__/* .mapConcurrent */ ._)(level, CONCURRENCY, async (object) => {
            const one = planned.get(object);
            const resource = (0,_describe_js__WEBPACK_IMPORTED_MODULE_8__/* .resourceOf */ .KU)(object);
            if (one === undefined || signal?.aborted)
                return { resource, action: 'skipped' };
            try {
                const done = await deleteOne(cluster, one, setId);
                if (done.stays === 'kept')
                    left = true;
                // Another set's object is no deletion of ours.
                const action = done.stays === undefined ? 'pruned' : 'unchanged';
                if (done.stays === undefined && leaving)
                    await untilGone(cluster, one, leaving, signal);
                return { resource, action, ...(done.message === undefined ? {} : { message: done.message }) };
            }
            catch (error) {
                failed += 1;
                return { resource, action: 'failed', message: (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .b)(error) };
            }
        });
        results.push(...outcomes);
    }
    return { results, failed, left };
}
const TAKEN_OVER = {
    message: 'not deleted: it left the set of this target meanwhile, as when another target takes it over',
    stays: 'moved'
};
async function deleteOne(cluster, one, setId) {
    const ref = (0,_describe_js__WEBPACK_IMPORTED_MODULE_8__/* .refOf */ .H8)(one.object);
    for (let attempt = 1;; attempt++) {
        const live = await cluster.get(ref);
        if (!live)
            return GONE;
        if ((0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)(live.metadata['uid']) !== one.uid)
            return { message: 'was gone already; another object has its name' };
        if ((0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_2__.at)(live, 'metadata', 'labels', _inventory_js__WEBPACK_IMPORTED_MODULE_5__/* .PART_OF_LABEL */ .vr)) !== (one.set ?? setId))
            return TAKEN_OVER;
        const kept = (0,_prune_js__WEBPACK_IMPORTED_MODULE_7__/* .keptBecause */ .XY)(live);
        if (kept !== undefined)
            return { message: `not deleted: ${kept} (which was not so when the plan was made)`, stays: 'kept' };
        const resourceVersion = (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)(live.metadata['resourceVersion']);
        try {
            const gone = await cluster.delete(ref, {
                propagation: 'Background',
                uid: one.uid,
                ...(resourceVersion === undefined ? {} : { resourceVersion })
            });
            return gone ? {} : GONE;
        }
        catch (error) {
            // It changed between reading and deleting: look again whose it is.
            if (error instanceof _cluster_js__WEBPACK_IMPORTED_MODULE_3__/* .ApiError */ .hD && error.code === 409 && attempt < ATTEMPTS)
                continue;
            throw error;
        }
    }
}
const GONE = { message: 'was gone already' };
/** Milliseconds after which the log says what is waited for. */
const SILENT = 5_000;
/**
 * Returns when a deleted object is gone, or the run is cancelled.
 * @throws GitOpsError naming what holds it when it is still there at the deadline
 */
async function untilGone(cluster, { object, uid }, { deadline, now, log }, signal) {
    const told = now().getTime() + SILENT;
    let silent = true;
    for (let pause = 50; !signal?.aborted; pause = Math.min(pause * 2, 1000)) {
        const live = await cluster.get((0,_describe_js__WEBPACK_IMPORTED_MODULE_8__/* .refOf */ .H8)(object));
        if (!live || (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asString */ .oJ)(live.metadata['uid']) !== uid)
            return;
        const time = now().getTime();
        if (time + pause > deadline)
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .GitOpsError */ .$(`${(0,_describe_js__WEBPACK_IMPORTED_MODULE_8__/* .describe */ .q0)(object)} was deleted but is still there${(0,_delete_js__WEBPACK_IMPORTED_MODULE_4__/* .heldBy */ .V)(live)}. Find who has to remove that (kubectl get -o yaml)`);
        if (silent && time > told) {
            silent = false;
            log.info(`Waiting for ${(0,_describe_js__WEBPACK_IMPORTED_MODULE_8__/* .describe */ .q0)(object)} to be gone${(0,_delete_js__WEBPACK_IMPORTED_MODULE_4__/* .heldBy */ .V)(live)}.`);
        }
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(pause);
    }
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
