export const id = 56;
export const ids = [56];
export const modules = {

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
        const gone = [];
        const outcomes = await (0,_concurrency_js__WEBPACK_IMPORTED_MODULE_9__/* .mapConcurrent */ ._)(level, CONCURRENCY, async (object) => {
            const one = planned.get(object);
            const resource = (0,_describe_js__WEBPACK_IMPORTED_MODULE_8__/* .resourceOf */ .KU)(object);
            if (one === undefined || signal?.aborted)
                return { resource, action: 'skipped' };
            try {
                const done = await deleteOne(cluster, one, setId);
                if (done.stays === 'kept')
                    left = true;
                if (done.stays === undefined)
                    gone.push(one);
                // Another set's object is no deletion of ours.
                const action = done.stays === undefined ? 'pruned' : 'unchanged';
                return { resource, action, ...(done.message === undefined ? {} : { message: done.message }) };
            }
            catch (error) {
                return { resource, action: 'failed', message: (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .b)(error) };
            }
        });
        // All of a level end at the same time, however long each of them takes.
        const held = leaving ? await stillThere(cluster, gone, leaving, signal) : new Map();
        for (const outcome of outcomes) {
            const message = held.get(outcome.resource.id);
            const result = message === undefined ? outcome : { ...outcome, action: 'failed', message };
            if (result.action === 'failed')
                failed += 1;
            results.push(result);
        }
    }
    return { results, failed, left };
}
/** Waits until deleted objects are gone; for those that are not in time, by object id, what holds them. */
async function stillThere(cluster, gone, leaving, signal) {
    const held = new Map();
    await (0,_concurrency_js__WEBPACK_IMPORTED_MODULE_9__/* .mapConcurrent */ ._)(gone, CONCURRENCY, async (one) => {
        try {
            await untilGone(cluster, one, leaving, signal);
        }
        catch (error) {
            held.set((0,_describe_js__WEBPACK_IMPORTED_MODULE_8__/* .resourceOf */ .KU)(one.object).id, (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .b)(error));
        }
    });
    return held;
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
