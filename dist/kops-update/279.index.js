export const id = 279;
export const ids = [279];
export const modules = {

/***/ 3279:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   retiredTarget: () => (/* binding */ retiredTarget)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9973);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(124);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7998);
/* harmony import */ var _declared_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3186);
/* harmony import */ var _describe_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(8281);
/* harmony import */ var _handover_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(5207);
/* harmony import */ var _inventory_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(5966);
/* harmony import */ var _lease_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(3516);
/* harmony import */ var _live_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(3267);
/* harmony import */ var _prune_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(3066);
/* harmony import */ var _prune_run_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(930);













/** Milliseconds for waiting for another run of the same target, and then for what is deleted to be gone. */
const PATIENCE = 60_000;
/** So many names are shown; the rest is counted. */
const SHOWN = 20;
/**
 * A target that was deployed and that nobody declares any more. Its plan says what is left of it: what stays, what
 * moves to other targets, and, where the policy says so, what is deleted. Applying it writes nothing; pruning deletes,
 * under all the guards of pruning, and then the inventory. As long as anything is left, the inventory stays.
 */
function retiredTarget(options) {
    return new RetiredTarget(options);
}
class RetiredTarget {
    id;
    kind = 'kubernetes';
    #options;
    #prepared = new WeakMap();
    constructor(options) {
        this.id = options.id;
        this.#options = options;
    }
    async plan() {
        const { key, objects, cluster, source, neighbours, maxPrune } = this.#options;
        const inventory = await (0,_inventory_js__WEBPACK_IMPORTED_MODULE_7__/* .readInventory */ .zw)(cluster, key);
        const live = inventory ? await (0,_live_js__WEBPACK_IMPORTED_MODULE_9__/* .readLive */ .p9)(cluster, key, [], inventory) : { members: new Map() };
        const ids = [...live.members].filter(([, object]) => (0,_prune_js__WEBPACK_IMPORTED_MODULE_10__/* .isOurs */ .MU)(object)).map(([id]) => id);
        const claims = await neighbours?.declaring(ids);
        const [unreadable] = claims?.unreadable ?? [];
        const found = (0,_prune_js__WEBPACK_IMPORTED_MODULE_10__/* .prunable */ .W)({ id: this.id, policy: POLICY(maxPrune), source }, { members: [], hooks: [], unknown: [] }, live, inventory, {
            claimed: new Map([...(claims?.by ?? [])].map(([id, by]) => [id, (0,_handover_js__WEBPACK_IMPORTED_MODULE_6__/* .nameOfTarget */ .wC)(by)])),
            ...(unreadable
                ? { undecided: `it may have moved to ${(0,_handover_js__WEBPACK_IMPORTED_MODULE_6__/* .nameOfTarget */ .wC)(unreadable.key)}, which cannot be rendered` }
                : {})
        });
        const { problems } = found;
        const deleting = objects === 'delete' && problems.length === 0 ? found.prunable : [];
        const changes = deleting.map((one) => ({
            action: 'delete',
            resource: (0,_describe_js__WEBPACK_IMPORTED_MODULE_12__/* .resourceOf */ .KU)(one.object),
            fields: [],
            reason: 'its target is no longer declared'
        }));
        // What has got an owner goes with that; it needs no inventory.
        const holding = [...found.kept.filter((object) => !(0,_declared_js__WEBPACK_IMPORTED_MODULE_5__/* .hasOwner */ .uD)(object)), ...(live.away ?? [])];
        if (inventory && objects === 'delete' && problems.length === 0 && holding.length === 0)
            changes.push({
                action: 'delete',
                resource: (0,_describe_js__WEBPACK_IMPORTED_MODULE_12__/* .resourceOf */ .KU)((0,_inventory_js__WEBPACK_IMPORTED_MODULE_7__/* .parentOf */ .gN)(inventory)),
                fields: [],
                reason: 'the inventory of a target that is no longer declared and has nothing left'
            });
        const base = {
            target: this.id,
            kind: 'kubernetes',
            purpose: 'deploy',
            changes,
            unchanged: live.members.size - deleting.length,
            notes: [
                this.#summary(found.prunable, deleting.length > 0, problems.length > 0),
                ...(live.notes ?? []),
                ...found.notes,
                ...problems.map((problem) => `Nothing of it is deleted: ${problem}`)
            ],
            declaredDigest: 'sha256:retired'
        };
        const plan = { ...base, digest: (0,_plan_js__WEBPACK_IMPORTED_MODULE_4__/* .planDigest */ .G)(base) };
        this.#prepared.set(plan, { deleting, record: inventory?.record });
        return plan;
    }
    #summary(found, deletes, refused) {
        const { key, objects, moved } = this.#options;
        const names = found.map((one) => (0,_describe_js__WEBPACK_IMPORTED_MODULE_12__/* .resourceOf */ .KU)(one.object).id);
        const shown = `${names.slice(0, SHOWN).join(', ')}${names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ''}`;
        const where = moved ? ` with the namespace ${key.namespace}` : '';
        const what = `Target "${key.target}" of ${key.environment} is no longer declared${where}`;
        if (names.length === 0)
            return `${what}, and nothing of it is left that could be deleted.`;
        const [its, are, stay] = names.length === 1 ? ['one object', 'is', 'stays'] : [`${names.length} objects`, 'are', 'stay'];
        if (deletes)
            return `${what}: its ${its} ${are} deleted (retire: {objects: delete}).`;
        if (objects === 'delete' && refused)
            return `${what}: its ${its} ${names.length === 1 ? 'was' : 'were'} to be deleted: ${shown}.`;
        return `${what}, and its ${its} ${stay}: ${shown}. To have them deleted, set retire: {objects: delete}; to keep the target, declare it again.`;
    }
    async apply() {
        return { target: this.id, status: 'succeeded', results: [], seconds: 0 };
    }
    async prune(plan) {
        const prepared = this.#prepared.get(plan);
        if (!prepared)
            throw new Error(`the plan for ${plan.target} was not made by this target`);
        const { cluster, key, log, signal, source, onLease } = this.#options;
        const now = () => this.#options.now?.() ?? new Date();
        const started = now().getTime();
        const done = (more) => ({
            target: this.id,
            seconds: (now().getTime() - started) / 1000,
            ...more
        });
        if (plan.changes.length === 0)
            return done({ status: 'succeeded', results: [] });
        const lease = {
            cluster,
            key,
            holder: `${source.run ?? (0,node_os__WEBPACK_IMPORTED_MODULE_1__.hostname)()} ${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(4).toString('hex')}`,
            deadline: started + PATIENCE,
            log,
            now,
            ...(onLease ? { onLease } : {}),
            ...(signal ? { signal } : {})
        };
        try {
            return await (0,_lease_js__WEBPACK_IMPORTED_MODULE_8__/* .withLease */ .p)(lease, async (lost) => {
                const stop = signal ? AbortSignal.any([signal, lost]) : lost;
                await this.#refuseStale(prepared.record);
                const leaving = { deadline: now().getTime() + PATIENCE, log, now };
                const { results, failed } = await (0,_prune_run_js__WEBPACK_IMPORTED_MODULE_11__/* .deletePrunable */ .v)(cluster, prepared.deleting, (0,_inventory_js__WEBPACK_IMPORTED_MODULE_7__/* .applySetId */ .A3)(key), stop, leaving);
                if (failed === 0 && !stop.aborted && (await this.#removeInventory()))
                    results.push({ resource: (0,_describe_js__WEBPACK_IMPORTED_MODULE_12__/* .resourceOf */ .KU)((0,_inventory_js__WEBPACK_IMPORTED_MODULE_7__/* .parentOf */ .gN)({ key, groupKinds: [], namespaces: [] })), action: 'pruned' });
                if (failed === 0)
                    return done({ status: stop.aborted ? 'cancelled' : 'succeeded', results });
                const reason = results.find((one) => one.action === 'failed')?.message ?? '';
                const message = `${failed} objects of a target that is no longer declared could not be deleted: ${reason}`;
                const hint = 'They stay in its inventory; the next deploy tries again.';
                return done({ status: 'failed', results, failure: { message, hint, resources: [] } });
            });
        }
        catch (error) {
            const hint = error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .GitOpsError */ .$ && error.hint !== undefined ? { hint: error.hint } : {};
            return done({ status: 'failed', results: [], failure: { message: (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .b)(error), ...hint, resources: [] } });
        }
    }
    /** A commit that declares the target again may have been deployed since the plan: then all of it is wanted again. */
    async #refuseStale(known) {
        const { cluster, key } = this.#options;
        const record = (await (0,_inventory_js__WEBPACK_IMPORTED_MODULE_7__/* .readInventory */ .zw)(cluster, key))?.record;
        if (!record || (0,_inventory_js__WEBPACK_IMPORTED_MODULE_7__/* .sameDeployment */ .qs)(record, known))
            return;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .GitOpsError */ .$(`Nothing was deleted: another run has deployed target "${key.target}" of ${key.environment} since the plan was made (${record.run ?? 'outside GitHub'}, ${record.time}).`, { hint: 'If it is to go all the same, run again: that plans against what is there now.' });
    }
    /** Once nothing carries its label any more: what moved has its new owner's, what is kept must not be forgotten. */
    async #removeInventory() {
        const { cluster, key } = this.#options;
        const inventory = await (0,_inventory_js__WEBPACK_IMPORTED_MODULE_7__/* .readInventory */ .zw)(cluster, key);
        if (!inventory)
            return false;
        const left = await (0,_live_js__WEBPACK_IMPORTED_MODULE_9__/* .readLive */ .p9)(cluster, key, [], inventory);
        if ([...left.members.values()].some(_prune_js__WEBPACK_IMPORTED_MODULE_10__/* .isOurs */ .MU) || (left.away ?? []).length > 0)
            return false;
        const secret = { apiVersion: 'v1', kind: 'Secret', name: (0,_inventory_js__WEBPACK_IMPORTED_MODULE_7__/* .inventoryName */ .mu)(key), namespace: key.namespace };
        const uid = (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .asString */ .oJ)((await cluster.get(secret))?.metadata['uid']);
        return cluster.delete(secret, uid === undefined ? {} : { uid });
    }
    /** Nothing to remember any more. */
    async deployed() {
        return undefined;
    }
}
/** All of a policy that pruning looks at. */
const POLICY = (maxPrune) => ({
    prune: true,
    maxPrune,
    fieldConflicts: 'fail',
    ignore: [],
    wait: false,
    timeout: PATIENCE,
    foreignFields: 'ignore',
    unmanaged: 'ignore'
});


/***/ })

};
