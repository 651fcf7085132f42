export const id = 645;
export const ids = [645,730];
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


/***/ }),

/***/ 3645:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  kubernetesTarget: () => (/* binding */ kubernetesTarget),
  readDeployment: () => (/* reexport */ kubernetes_inventory.readDeployment)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./src/errors.js
var errors = __webpack_require__(9973);
// EXTERNAL MODULE: ./src/render/manifest.js
var render_manifest = __webpack_require__(1632);
// EXTERNAL MODULE: ./src/json.js
var json = __webpack_require__(124);
// EXTERNAL MODULE: ./src/targets/kubernetes/cluster.js
var kubernetes_cluster = __webpack_require__(5920);
// EXTERNAL MODULE: ./src/targets/kubernetes/describe.js
var describe = __webpack_require__(8281);
// EXTERNAL MODULE: ./src/targets/kubernetes/inventory.js
var kubernetes_inventory = __webpack_require__(5966);
// EXTERNAL MODULE: ./src/targets/kubernetes/live.js + 1 modules
var kubernetes_live = __webpack_require__(3267);
;// CONCATENATED MODULE: ./src/targets/kubernetes/adopted-sets.js






const GROUP_RESOURCES = 'applyset.kubernetes.io/contains-group-resources';
/**
 * Reads the ApplySets that a target is to take over. One that is not there (any more) is told in a note: the adoption
 * has happened.
 * @param wanted parents as `Kind/name`, `Kind/namespace/name` or as kubectl writes them: `secrets/name`, `name`
 */
async function readAdoptedSets(cluster, wanted, key) {
    const sets = [];
    const notes = [];
    const problems = [];
    for (const text of wanted) {
        const found = await readParent(cluster, text, key.namespace);
        if (typeof found === 'string')
            problems.push(found);
        else if (found === undefined)
            notes.push(`adopt: ${text} is not there, or is no ApplySet any more. Take it out of "adopt" once it is adopted.`);
        else {
            const set = await readSet(cluster, found, text);
            if (typeof set === 'string')
                problems.push(set);
            else if (set.id === (0,kubernetes_inventory/* applySetId */.A3)(key))
                problems.push(`adopt: ${text} is this target's own inventory.`);
            else
                sets.push(set);
        }
    }
    return { sets, notes, problems };
}
async function readParent(cluster, text, home) {
    const parts = text.split('/');
    const name = parts.at(-1) ?? '';
    const type = parts.length === 1 ? 'Secret' : (parts[0] ?? '');
    const namespace = parts.length === 3 ? parts[1] : home;
    if (name === '' || parts.length > 3)
        return `adopt: "${text}" is neither Kind/name nor Kind/namespace/name.`;
    const resource = typeNamed(await cluster.resources(), type);
    if (!resource)
        return `adopt: "${text}": the API server knows no kind "${type}".`;
    const object = await cluster.get({
        apiVersion: resource.group === '' ? resource.version : `${resource.group}/${resource.version}`,
        kind: resource.kind,
        name,
        ...(resource.namespaced && namespace !== undefined ? { namespace } : {})
    });
    return object && (0,json/* asString */.oJ)((0,json.at)(object, 'metadata', 'labels', kubernetes_inventory/* ID_LABEL */.X1)) !== undefined ? object : undefined;
}
/** `Secret`, `secret`, `secrets`, `cm`, `Widget.example.com`, `widgets.example.com`, `widgets.v1.example.com`. */
function typeNamed(types, text) {
    const wanted = text.toLowerCase();
    return types.find((type) => [type.kind, type.plural, ...(type.shortNames ?? [])].some((word) => [word, `${word}.${type.group}`, `${word}.${type.version}.${type.group}`].some((one) => one.toLowerCase() === wanted)));
}
async function readSet(cluster, parent, text) {
    const namespace = (0,render_manifest/* namespaceOf */.N6)(parent) ?? '';
    const id = (0,json/* asString */.oJ)((0,json.at)(parent, 'metadata', 'labels', kubernetes_inventory/* ID_LABEL */.X1)) ?? '';
    const expected = (0,kubernetes_inventory/* parentId */.A1)({ name: parent.metadata.name, namespace, kind: parent.kind, group: (0,render_manifest/* groupOf */.F8)(parent) });
    // KEP-3659: tools must verify the id, or a label that was copied would give away another set's objects.
    if (id !== expected)
        return `adopt: ${text} carries the id ${id}, which is not its own (${expected}). Its label ${kubernetes_inventory/* ID_LABEL */.X1} was copied or edited; correct it first.`;
    const tooling = (0,json/* asString */.oJ)((0,json.at)(parent, 'metadata', 'annotations', kubernetes_inventory/* TOOLING */.Ns)) ?? '';
    const own = tooling.startsWith('gitops-actions/');
    const members = own ? [] : await (0,kubernetes_live/* readMembers */.mo)(cluster, await extentOf(cluster, parent, id, namespace));
    const data = Object.keys(Object(parent['data'])).length;
    return {
        id,
        parent,
        name: [parent.kind, namespace, parent.metadata.name].filter((part) => part !== '').join('/'),
        tooling: tooling || 'unknown tooling',
        removable: !own && parent.kind === 'Secret' && (0,render_manifest/* groupOf */.F8)(parent) === '' && data === 0,
        members: new Map(members.map((object) => [(0,render_manifest/* objectId */.Tu)(object), object]))
    };
}
async function extentOf(cluster, parent, id, namespace) {
    const groupKinds = (0,kubernetes_inventory/* split */.lD)((0,json.at)(parent, 'metadata', 'annotations', kubernetes_inventory/* GROUP_KINDS */.k$));
    const types = await cluster.resources();
    // Written by kubectl before 1.30 instead of kinds: `deployments.apps`.
    const older = (0,kubernetes_inventory/* split */.lD)((0,json.at)(parent, 'metadata', 'annotations', GROUP_RESOURCES)).flatMap((text) => {
        const type = types.find((one) => (one.group === '' ? one.plural : `${one.plural}.${one.group}`) === text);
        return type ? [type.group === '' ? type.kind : `${type.kind}.${type.group}`] : [];
    });
    const namespaces = (0,kubernetes_inventory/* split */.lD)((0,json.at)(parent, 'metadata', 'annotations', kubernetes_inventory/* NAMESPACES */.dK));
    return {
        id,
        groupKinds: [...new Set([...groupKinds, ...older])],
        namespaces: [...new Set([...(namespace === '' ? [] : [namespace]), ...namespaces])]
    };
}
/** Members that the tool itself labelled, by object id, each with its set: controllers copy labels to what they make. */
function membersOfSets(sets) {
    return new Map(sets.flatMap(({ id, members }) => [...members].map(([key, object]) => [key, { object, set: id }])));
}
/** What becomes of the parent of a set whose members are all taken over; undefined where it stays as it is. */
function partingChange(set) {
    if (set.tooling.startsWith('gitops-actions/'))
        return undefined;
    const reason = `the ApplySet of ${set.tooling} is taken over by this target and is empty then`;
    const base = { resource: (0,describe/* resourceOf */.KU)(set.parent), reason };
    if (set.removable)
        return { ...base, action: 'delete', fields: [] };
    return { ...base, action: 'update', fields: [...partingFields(set.parent)] };
}
function* partingFields(parent) {
    for (const [section, keys] of [
        ['labels', [kubernetes_inventory/* ID_LABEL */.X1]],
        ['annotations', ANNOTATIONS]
    ])
        for (const key of keys) {
            const value = (0,json/* asString */.oJ)((0,json.at)(parent, 'metadata', section, key));
            if (value !== undefined)
                yield {
                    path: `metadata.${section}[${key}]`,
                    before: { type: 'value', value },
                    after: { type: 'absent' }
                };
        }
}
const ANNOTATIONS = [kubernetes_inventory/* TOOLING */.Ns, kubernetes_inventory/* GROUP_KINDS */.k$, GROUP_RESOURCES, kubernetes_inventory/* NAMESPACES */.dK];
/**
 * Makes a member that nobody declares and that stays this target's: its label moves, and our field manager is recorded
 * as one that applied it, so that later runs know it as ours.
 */
async function takeMember(cluster, object, setId) {
    const namespace = (0,render_manifest/* namespaceOf */.N6)(object);
    const { apiVersion, kind, metadata } = object;
    const uid = (0,json/* asString */.oJ)(metadata['uid']);
    const member = {
        apiVersion,
        kind,
        metadata: {
            name: metadata.name,
            ...(namespace === undefined ? {} : { namespace }),
            // Or an object that was deleted meanwhile would come back, empty.
            ...(uid === undefined ? {} : { uid }),
            labels: { [kubernetes_inventory/* PART_OF_LABEL */.vr]: setId }
        }
    };
    try {
        await cluster.apply(member, { force: true });
    }
    catch (error) {
        if (!(error instanceof kubernetes_cluster/* ApiError */.hD) || error.code !== 409)
            throw error;
        const live = await cluster.get((0,describe/* refOf */.H8)(object));
        if (live && (0,json/* asString */.oJ)(live.metadata['uid']) === uid)
            throw error;
    }
}
/** Ends a set that has no member any more: its parent is deleted, or only stops being one where it is more than that. */
async function partFrom(cluster, set) {
    const ref = (0,describe/* refOf */.H8)(set.parent);
    if (set.removable) {
        const uid = (0,json/* asString */.oJ)(set.parent.metadata['uid']);
        await cluster.delete(ref, uid === undefined ? {} : { uid });
        return;
    }
    const gone = (keys) => Object.fromEntries(keys.map((key) => [key, null]));
    await cluster.patch(ref, 'merge', { metadata: { labels: gone([kubernetes_inventory/* ID_LABEL */.X1]), annotations: gone(ANNOTATIONS) } }, { fieldManager: kubernetes_cluster/* FIELD_MANAGER */.vy });
}

// EXTERNAL MODULE: ./src/concurrency.js
var concurrency = __webpack_require__(1819);
// EXTERNAL MODULE: ./src/targets/kubernetes/client/explain.js
var explain = __webpack_require__(5343);
// EXTERNAL MODULE: ./src/targets/kubernetes/compare/index.js + 23 modules
var compare = __webpack_require__(5266);
// EXTERNAL MODULE: ./src/targets/kubernetes/delete.js
var kubernetes_delete = __webpack_require__(4599);
;// CONCATENATED MODULE: ./src/targets/kubernetes/establish.js



/** An API server establishes a definition within a second. */
const OVERDUE = 10_000;
/**
 * Does `work`, which waits for objects, and nudges those definitions among them that an API server has forgotten to
 * establish: it queues them when it sees them change, so one whose API server was restarted between accepting the names
 * and establishing it stays as it is until something touches it (apiextensions-apiserver,
 * `crdHandler.updateCustomResourceDefinition`; seen when an API server is killed right after a definition was created).
 */
async function establishing(cluster, objects, work, overdue = OVERDUE) {
    const definitions = objects.filter((object) => object.kind === 'CustomResourceDefinition' && (0,render_manifest/* groupOf */.F8)(object) === 'apiextensions.k8s.io');
    if (definitions.length === 0)
        return work();
    const timer = setInterval(() => {
        // Without the right to do that, or without an API server, the wait says what is wrong.
        for (const definition of definitions)
            nudge(cluster, definition).catch(() => { });
    }, overdue);
    try {
        return await work();
    }
    finally {
        clearInterval(timer);
    }
}
/** Changes a word of a status that its writer writes anew, once the names are accepted and nothing follows. */
async function nudge(cluster, definition) {
    const live = await cluster.get((0,describe/* refOf */.H8)(definition));
    const conditions = (0,json/* asList */.DD)((0,json.at)(live, 'status', 'conditions')) ?? [];
    const isTrue = (type) => conditions.some((condition) => (0,json.at)(condition, 'type') === type && (0,json.at)(condition, 'status') === 'True');
    const index = conditions.findIndex((condition) => (0,json.at)(condition, 'type') === 'Established');
    if (!live || index < 0 || isTrue('Established') || !isTrue('NamesAccepted'))
        return;
    const path = `/status/conditions/${index}`;
    await cluster.patch((0,describe/* refOf */.H8)(live), 'json', [
        { op: 'test', path: `${path}/type`, value: 'Established' },
        { op: 'replace', path: `${path}/message`, value: 'the initial names have been accepted; not established yet' }
    ], { subresource: 'status' });
}

// EXTERNAL MODULE: ./src/targets/kubernetes/health/status.js
var health_status = __webpack_require__(1623);
;// CONCATENATED MODULE: ./src/targets/kubernetes/health/argo/pods.js


/** Argo CD's answer for a Pod (source: argoproj/argo-cd, gitops-engine/pkg/health/health_pod.go). */
function argoPod(object) {
    const policy = effectivePolicy(object);
    const containers = (0,json/* asList */.DD)((0,json.at)(object, 'status', 'containerStatuses')) ?? [];
    if (policy === 'Always') {
        const waiting = containers.map((container) => (0,json.at)(container, 'state', 'waiting')).filter(isErrorWait);
        if (waiting.length > 0)
            return (0,health_status/* degraded */.$o)(waiting.map((wait) => (0,health_status/* stringAt */.bX)(wait, 'message')).join(', '));
    }
    const message = (0,health_status/* stringAt */.bX)(object, 'status', 'message');
    switch ((0,health_status/* stringAt */.bX)(object, 'status', 'phase')) {
        case 'Pending':
            return (0,health_status/* progressing */.OP)(message);
        case 'Succeeded':
            return (0,health_status/* healthy */.s2)(message);
        case 'Failed':
            return (0,health_status/* degraded */.$o)(message || failureOf(object));
        case 'Running':
            if (policy === 'OnFailure' || policy === 'Never')
                return (0,health_status/* progressing */.OP)(message);
            if (policy !== 'Always')
                return (0,health_status/* unknown */.L5)(message);
            if ((0,health_status/* conditionOf */.rI)(object, 'Ready')?.status === 'True')
                return (0,health_status/* healthy */.s2)(message);
            return containers.some((container) => (0,json/* asObject */.eB)((0,json.at)(container, 'lastState', 'terminated')) !== undefined)
                ? (0,health_status/* degraded */.$o)(message)
                : (0,health_status/* progressing */.OP)(message);
        default:
            return (0,health_status/* unknown */.L5)(message);
    }
}
/** Pods that are meant to end count as long-running ones where they ask for it, unless they are hooks. */
function effectivePolicy(object) {
    const policy = (0,health_status/* stringAt */.bX)(object, 'spec', 'restartPolicy');
    if ((0,health_status/* annotationOf */.lW)(object, 'argocd.argoproj.io/ignore-restart-policy') !== 'true' || isHook(object))
        return policy;
    return 'Always';
}
function isHook(object) {
    const hook = (0,health_status/* annotationOf */.lW)(object, 'argocd.argoproj.io/hook');
    if (hook !== undefined)
        return hook !== 'Skip';
    const helm = (0,health_status/* annotationOf */.lW)(object, 'helm.sh/hook');
    return helm !== undefined && helm !== 'crd-install';
}
function isErrorWait(waiting) {
    const reason = (0,health_status/* stringAt */.bX)(waiting, 'reason');
    return reason.startsWith('Err') || reason.endsWith('Error') || reason.endsWith('BackOff');
}
function failureOf(object) {
    const containers = [
        ...((0,json/* asList */.DD)((0,json.at)(object, 'status', 'initContainerStatuses')) ?? []),
        ...((0,json/* asList */.DD)((0,json.at)(object, 'status', 'containerStatuses')) ?? [])
    ];
    for (const container of containers) {
        const ended = (0,json.at)(container, 'state', 'terminated');
        if ((0,health_status/* stringAt */.bX)(ended, 'message') !== '')
            return (0,health_status/* stringAt */.bX)(ended, 'message');
        if ((0,health_status/* stringAt */.bX)(ended, 'reason') === 'OOMKilled')
            return 'OOMKilled';
        const code = (0,health_status/* asInteger */.JU)((0,json.at)(ended, 'exitCode'));
        if (code)
            return `container "${(0,health_status/* stringAt */.bX)(container, 'name')}" failed with exit code ${code}`;
    }
    return '';
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/argo/workloads.js


/*
 * Argo CD's answers for workloads, with its wording (source: argoproj/argo-cd, gitops-engine/pkg/health). These rules
 * reproduce another tool's judgement, peculiarities included; our own are in ../rules.
 */
function argoDeployment(object) {
    if ((0,json.at)(object, 'spec', 'paused') === true)
        return (0,health_status/* suspended */.IU)('Deployment is paused');
    if (isStale(object))
        return (0,health_status/* progressing */.OP)('Waiting for rollout to finish: observed deployment generation less than desired generation');
    const declared = (0,health_status/* asInteger */.JU)((0,json.at)(object, 'spec', 'replicas'));
    const updated = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'updatedReplicas');
    const replicas = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'replicas');
    const available = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'availableReplicas');
    if ((0,health_status/* conditionOf */.rI)(object, 'Progressing')?.reason === 'ProgressDeadlineExceeded')
        return (0,health_status/* degraded */.$o)(`Deployment "${(0,health_status/* stringAt */.bX)(object, 'metadata', 'name')}" exceeded its progress deadline`);
    if (declared !== undefined && updated < declared)
        return (0,health_status/* progressing */.OP)(`Waiting for rollout to finish: ${updated} out of ${declared} new replicas have been updated...`);
    if (replicas > updated)
        return (0,health_status/* progressing */.OP)(`Waiting for rollout to finish: ${replicas - updated} old replicas are pending termination...`);
    if (available < updated)
        return (0,health_status/* progressing */.OP)(`Waiting for rollout to finish: ${available} of ${updated} updated replicas are available...`);
    return (0,health_status/* healthy */.s2)('');
}
function argoStatefulSet(object) {
    const observed = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'observedGeneration');
    if (observed === 0 || (0,health_status/* integerAt */.OW)(object, 0, 'metadata', 'generation') > observed)
        return (0,health_status/* progressing */.OP)('Waiting for statefulset spec update to be observed...');
    const declared = (0,health_status/* asInteger */.JU)((0,json.at)(object, 'spec', 'replicas'));
    const ready = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'readyReplicas');
    if (declared !== undefined && ready < declared)
        return (0,health_status/* progressing */.OP)(`Waiting for ${declared - ready} pods to be ready...`);
    const strategy = (0,health_status/* stringAt */.bX)(object, 'spec', 'updateStrategy', 'type');
    const updated = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'updatedReplicas');
    if (strategy === 'RollingUpdate' && (0,json.at)(object, 'spec', 'updateStrategy', 'rollingUpdate') != null) {
        const partition = (0,health_status/* asInteger */.JU)((0,json.at)(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition'));
        if (declared !== undefined && partition !== undefined && updated < declared - partition)
            return (0,health_status/* progressing */.OP)(`Waiting for partitioned roll out to finish: ${updated} out of ${declared - partition} new pods have been updated...`);
        return (0,health_status/* healthy */.s2)(`partitioned roll out complete: ${updated} new pods have been updated...`);
    }
    if (strategy === 'OnDelete')
        return (0,health_status/* healthy */.s2)(`statefulset has ${ready} ready pods`);
    const revision = (0,health_status/* stringAt */.bX)(object, 'status', 'updateRevision');
    if (revision !== (0,health_status/* stringAt */.bX)(object, 'status', 'currentRevision'))
        return (0,health_status/* progressing */.OP)(`waiting for statefulset rolling update to complete ${updated} pods at revision ${revision}...`);
    return (0,health_status/* healthy */.s2)(`statefulset rolling update complete ${(0,health_status/* integerAt */.OW)(object, 0, 'status', 'currentReplicas')} pods at revision ${(0,health_status/* stringAt */.bX)(object, 'status', 'currentRevision')}...`);
}
function argoDaemonSet(object) {
    if (isStale(object))
        return (0,health_status/* progressing */.OP)('Waiting for rollout to finish: observed daemon set generation less than desired generation');
    const desired = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'desiredNumberScheduled');
    const updated = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'updatedNumberScheduled');
    const available = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'numberAvailable');
    if ((0,health_status/* stringAt */.bX)(object, 'spec', 'updateStrategy', 'type') === 'OnDelete')
        return (0,health_status/* healthy */.s2)(`daemon set ${updated} out of ${desired} new pods have been updated`);
    const name = (0,health_status/* stringAt */.bX)(object, 'metadata', 'name');
    if (updated < desired)
        return (0,health_status/* progressing */.OP)(`Waiting for daemon set "${name}" rollout to finish: ${updated} out of ${desired} new pods have been updated...`);
    if (available < desired)
        return (0,health_status/* progressing */.OP)(`Waiting for daemon set "${name}" rollout to finish: ${available} of ${desired} updated pods are available...`);
    return (0,health_status/* healthy */.s2)('');
}
function argoReplicaSet(object) {
    if (isStale(object))
        return (0,health_status/* progressing */.OP)('Waiting for rollout to finish: observed replica set generation less than desired generation');
    const failure = (0,health_status/* conditionOf */.rI)(object, 'ReplicaFailure');
    if (failure?.status === 'True')
        return (0,health_status/* degraded */.$o)(failure.message);
    const declared = (0,health_status/* asInteger */.JU)((0,json.at)(object, 'spec', 'replicas'));
    const available = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'availableReplicas');
    if (declared !== undefined && available < declared)
        return (0,health_status/* progressing */.OP)(`Waiting for rollout to finish: ${available} out of ${declared} new replicas are available...`);
    return (0,health_status/* healthy */.s2)('');
}
/**
 * A condition of type Suspended counts as an end whatever its status, as in the source: a resumed Job that still runs
 * is Healthy here. Our own rule (../rules/jobs.ts) does not repeat that.
 */
function argoJob(object) {
    let ended = false;
    let failure;
    let isSuspended = false;
    let message = '';
    for (const condition of (0,health_status/* conditionsOf */.yb)(object)) {
        if (condition.type === 'Failed')
            failure = condition.message;
        else if (condition.type !== 'Complete' && condition.type !== 'Suspended')
            continue;
        else
            message = condition.message;
        if (condition.type === 'Suspended' && condition.status === 'True')
            isSuspended = true;
        ended = true;
    }
    if (!ended)
        return (0,health_status/* progressing */.OP)(message);
    if (failure !== undefined)
        return (0,health_status/* degraded */.$o)(failure);
    return isSuspended ? (0,health_status/* suspended */.IU)(message) : (0,health_status/* healthy */.s2)(message);
}
function isStale(object) {
    return (0,health_status/* integerAt */.OW)(object, 0, 'metadata', 'generation') > (0,health_status/* integerAt */.OW)(object, 0, 'status', 'observedGeneration');
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/argo/index.js





/** By `group/Kind`. Kinds that are not listed have no health in Argo CD, unless a customization gives them one. */
const RULES = {
    'apps/Deployment': { versions: ['apps/v1'], assess: argoDeployment },
    'apps/StatefulSet': { versions: ['apps/v1'], assess: argoStatefulSet },
    'apps/ReplicaSet': { versions: ['apps/v1'], assess: argoReplicaSet },
    'apps/DaemonSet': { versions: ['apps/v1'], assess: argoDaemonSet },
    'batch/Job': { versions: ['batch/v1'], assess: argoJob },
    '/Pod': { versions: ['v1'], assess: argoPod },
    '/Service': { versions: ['v1'], assess: argoService },
    '/PersistentVolumeClaim': { versions: ['v1'], assess: argoClaim },
    'networking.k8s.io/Ingress': { assess: argoIngress },
    'extensions/Ingress': { assess: argoIngress },
    'autoscaling/HorizontalPodAutoscaler': {
        versions: ['autoscaling/v1', 'autoscaling/v2', 'autoscaling/v2beta1', 'autoscaling/v2beta2'],
        assess: argoAutoscaler
    },
    'apiregistration.k8s.io/APIService': {
        versions: ['apiregistration.k8s.io/v1', 'apiregistration.k8s.io/v1beta1'],
        assess: argoApiService
    },
    'argoproj.io/Workflow': { assess: argoWorkflow },
    'batch/CronJob': { assess: argoCronJob },
    'policy/PodDisruptionBudget': { assess: argoBudget }
};
/**
 * The health that Argo CD sees in an object of a built-in kind, with its wording; null where it assesses nothing
 * (source: argoproj/argo-cd, gitops-engine/pkg/health).
 */
function assessAsArgo(object) {
    const finalizers = (0,json/* asList */.DD)((0,json.at)(object, 'metadata', 'finalizers')) ?? [];
    const deleting = (0,json.at)(object, 'metadata', 'deletionTimestamp') != null;
    if (deleting && !finalizers.includes('argocd.argoproj.io/hook-finalizer'))
        return (0,health_status/* progressing */.OP)('Pending deletion');
    const rule = RULES[`${(0,render_manifest/* groupOf */.F8)(object)}/${object.kind}`];
    if (!rule)
        return null;
    if (rule.versions && !rule.versions.includes(object.apiVersion))
        return (0,health_status/* unknown */.L5)(`unsupported ${object.kind} GVK: ${object.apiVersion}, Kind=${object.kind}`);
    return rule.assess(object);
}
function argoService(object) {
    if ((0,health_status/* stringAt */.bX)(object, 'spec', 'type') !== 'LoadBalancer')
        return (0,health_status/* healthy */.s2)('');
    return hasAddress(object) ? (0,health_status/* healthy */.s2)('') : (0,health_status/* progressing */.OP)('');
}
function argoIngress(object) {
    return hasAddress(object) ? (0,health_status/* healthy */.s2)('') : (0,health_status/* progressing */.OP)('');
}
function hasAddress(object) {
    return ((0,json/* asList */.DD)((0,json.at)(object, 'status', 'loadBalancer', 'ingress')) ?? []).length > 0;
}
function argoClaim(object) {
    switch ((0,health_status/* stringAt */.bX)(object, 'status', 'phase')) {
        case 'Lost':
            return (0,health_status/* degraded */.$o)('');
        case 'Pending':
            return (0,health_status/* progressing */.OP)('');
        case 'Bound':
            return (0,health_status/* healthy */.s2)('');
        default:
            return (0,health_status/* unknown */.L5)('');
    }
}
function argoApiService(object) {
    const available = (0,health_status/* conditionsOf */.yb)(object).find((condition) => condition.type === 'Available');
    if (available === undefined)
        return (0,health_status/* progressing */.OP)('Waiting to be processed');
    const message = `${available.reason}: ${available.message}`;
    return available.status === 'True' ? (0,health_status/* healthy */.s2)(message) : (0,health_status/* progressing */.OP)(message);
}
/** `autoscaling/v1` keeps its conditions as JSON text in an annotation. */
function argoAutoscaler(object) {
    if (object['apiVersion'] !== 'autoscaling/v1')
        return judgeAutoscaler((0,health_status/* conditionsOf */.yb)(object));
    const text = (0,health_status/* annotationOf */.lW)(object, 'autoscaling.alpha.kubernetes.io/conditions');
    if (text === undefined)
        return judgeAutoscaler([]);
    try {
        return judgeAutoscaler((0,health_status/* conditionsIn */.AV)((0,json/* parseJson */.qF)(text)));
    }
    catch {
        return (0,health_status/* unknown */.L5)('failed to convert conditions annotation to typed');
    }
}
const AUTOSCALER_FAILURES = new Set([
    'AbleToScale FailedGetScale',
    'AbleToScale FailedUpdateScale',
    'ScalingActive FailedGetResourceMetric',
    'ScalingActive FailedGetObjectMetric',
    'ScalingActive FailedGetPodsMetric',
    'ScalingActive FailedGetExternalMetric',
    'ScalingActive FailedComputeMetricsReplicas',
    'ScalingActive InvalidSelector'
]);
function judgeAutoscaler(conditions) {
    const failed = conditions.find((one) => AUTOSCALER_FAILURES.has(`${one.type} ${one.reason}`));
    if (failed)
        return (0,health_status/* degraded */.$o)(failed.message);
    const working = conditions.find((one) => one.status === 'True' && (one.type === 'AbleToScale' || one.type === 'ScalingLimited'));
    return working ? (0,health_status/* healthy */.s2)(working.message) : (0,health_status/* progressing */.OP)('Waiting to Autoscale');
}
/** A customization of Argo CD. A CronJob that never succeeded gets the benefit of the doubt; our own rule gives none. */
function argoCronJob(object) {
    if ((0,json.at)(object, 'spec', 'suspend') === true)
        return (0,health_status/* suspended */.IU)('CronJob is Suspended');
    const scheduled = (0,health_status/* stringAt */.bX)(object, 'status', 'lastScheduleTime');
    const success = (0,health_status/* stringAt */.bX)(object, 'status', 'lastSuccessfulTime');
    if (scheduled === '')
        return (0,health_status/* healthy */.s2)('CronJob has not been scheduled yet');
    if (((0,json/* asList */.DD)((0,json.at)(object, 'status', 'active')) ?? []).length > 0)
        return (0,health_status/* healthy */.s2)('The job is running. Its last execution may not have been successful');
    if (success === '')
        return (0,health_status/* healthy */.s2)('The Cronjob never completed succesfully. It may not be healthy');
    return Date.parse(success) >= Date.parse(scheduled)
        ? (0,health_status/* healthy */.s2)('CronJob has completed its last execution successfully')
        : (0,health_status/* degraded */.$o)('CronJob has not completed its last execution successfully');
}
/** A customization of Argo CD. */
function argoBudget(object) {
    const allowed = (0,health_status/* conditionsOf */.yb)(object).find((condition) => condition.type === 'DisruptionAllowed');
    if (allowed === undefined)
        return (0,health_status/* progressing */.OP)('Waiting for status');
    const message = `PodDisruptionBudget has ${allowed.reason}`;
    return allowed.reason === 'SyncFailed' || allowed.status === 'Unknown' ? (0,health_status/* degraded */.$o)(message) : (0,health_status/* healthy */.s2)(message);
}
function argoWorkflow(object) {
    const message = (0,health_status/* stringAt */.bX)(object, 'status', 'message');
    switch ((0,health_status/* stringAt */.bX)(object, 'status', 'phase')) {
        case '':
        case 'Pending':
        case 'Running':
            return (0,health_status/* progressing */.OP)(message);
        case 'Succeeded':
            return (0,health_status/* healthy */.s2)(message);
        case 'Failed':
        case 'Error':
            return (0,health_status/* degraded */.$o)(message);
        default:
            return (0,health_status/* unknown */.L5)(message);
    }
}

// EXTERNAL MODULE: ./src/targets/kubernetes/health/custom/generic.js + 2 modules
var generic = __webpack_require__(6625);
;// CONCATENATED MODULE: ./src/targets/kubernetes/health/custom/operators/rule.js



/** The health of an object by one rule, or undefined where the rule has nothing to say and the generic one goes on. */
function applyRule(rule, object) {
    if (rule.silent?.includes((0,json/* asString */.oJ)(object['kind']) ?? ''))
        return (0,health_status/* healthy */.s2)('Accepted; no controller reports on objects of this kind');
    if (rule.disabledBy !== undefined && (0,json.at)(object, 'spec', rule.disabledBy) === true)
        return (0,health_status/* healthy */.s2)('Disabled, as declared');
    const pause = pauseOf(rule, object);
    if (pause)
        return pause;
    const stale = (0,generic/* staleGeneration */.ec)(object);
    if (stale)
        return stale;
    const conditions = (0,health_status/* conditionsOf */.yb)(object);
    if (rule.awaits && !rule.awaits.some((one) => isThere(object, conditions, one)))
        return (0,health_status/* progressing */.OP)('Its controller has not reported a status yet');
    const judgement = rule.judge?.(object);
    if (judgement)
        return judgement;
    const alarm = conditions.find((one) => rule.alarms?.includes(one.type) && one.status === 'True');
    if (alarm)
        return { status: 'Degraded', message: (0,generic/* sentence */.em)(alarm) };
    const word = rule.word && wordHealth(rule.word, object);
    if (word && !(rule.word?.onlyBad && word.status === 'Healthy'))
        return word;
    return verdictOf(rule, object, conditions) ?? word;
}
function pauseOf(rule, object) {
    for (const field of ['suspend', 'suspended', 'paused'])
        if ((0,json.at)(object, 'spec', field) === true)
            return (0,health_status/* suspended */.IU)(`Suspended (spec.${field} is true)`);
    if (rule.enabledBy !== undefined && (0,json.at)(object, 'spec', rule.enabledBy) === false)
        return (0,health_status/* suspended */.IU)(`Switched off (spec.${rule.enabledBy} is false)`);
    for (const [annotation, value] of Object.entries(rule.pausedBy ?? {}))
        if ((0,health_status/* annotationOf */.lW)(object, annotation) === value)
            return (0,health_status/* suspended */.IU)(`Suspended by the annotation ${annotation}`);
    const pause = (0,health_status/* conditionsOf */.yb)(object).find((one) => rule.pauses?.includes(one.type) && one.status === 'True');
    return pause && (0,health_status/* suspended */.IU)((0,generic/* sentence */.em)(pause));
}
function verdictOf(rule, object, conditions) {
    const verdict = rule.verdict
        ?.map((type) => conditions.find((condition) => condition.type === type))
        .find((condition) => condition !== undefined);
    if (verdict === undefined)
        return undefined;
    const generation = (0,json.at)(object, 'metadata', 'generation');
    if (typeof generation === 'number' && (verdict.observedGeneration ?? generation) < generation)
        return (0,health_status/* progressing */.OP)(`Its controller has not seen the latest change yet (condition ${verdict.type})`);
    const message = (0,generic/* sentence */.em)(verdict);
    if (verdict.status === 'Unknown' && rule.failing?.includes(verdict.reason))
        return { status: 'Degraded', message };
    if (verdict.status !== 'False')
        return (0,generic/* judged */.g$)(verdict);
    if (rule.working?.includes(verdict.reason))
        return (0,health_status/* progressing */.OP)(message);
    if (rule.failing?.includes(verdict.reason))
        return { status: 'Degraded', message };
    const byTone = (0,generic/* judged */.g$)(verdict);
    return byTone.status === 'Suspended' || rule.unmet === undefined ? byTone : { status: rule.unmet, message };
}
/** What a word of the status means by a rule. */
function wordHealth(rule, object) {
    const value = valueAt(object, rule.field);
    const word = (0,json/* asString */.oJ)(value) ?? (typeof value === 'number' ? String(value) : undefined);
    if (word === undefined || word === '')
        return undefined;
    const has = (list) => list?.some((one) => one.toLowerCase() === word.toLowerCase());
    const status = has(rule.healthy)
        ? 'Healthy'
        : has(rule.progressing)
            ? 'Progressing'
            : has(rule.degraded)
                ? 'Degraded'
                : has(rule.suspended)
                    ? 'Suspended'
                    : has(rule.missing)
                        ? 'Missing'
                        : has(rule.unknown)
                            ? 'Unknown'
                            : rule.other;
    if (status === undefined)
        return undefined;
    const why = explanationOf(object);
    return { status, message: `${rule.field} is ${(0,health_status/* clause */.sb)(word)}${why ? `: ${why}` : ''}` };
}
/** What an operator wrote beside its word, in the fields that are usual for that. */
function explanationOf(object) {
    for (const field of ['message', 'reason', 'phaseReason', 'failureMessage', 'failureReason', 'error']) {
        const text = (0,json/* asString */.oJ)((0,json.at)(object, 'status', field));
        if (text)
            return (0,health_status/* clause */.sb)(text);
    }
    return '';
}
/** The value at a dotted path below `status`. */
function valueAt(object, path) {
    return (0,json.at)(object, 'status', ...path.split('.'));
}
function isThere(object, conditions, what) {
    if (what.startsWith('?'))
        return conditions.some((condition) => condition.type === what.slice(1));
    if (what === '*')
        return Object.keys((0,json/* asObject */.eB)(object['status']) ?? {}).length > 0;
    const value = valueAt(object, what);
    const list = (0,json/* asList */.DD)(value);
    return list ? list.length > 0 : value !== undefined && value !== null && value !== '';
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/custom/operators/argo.js




const PROMOTER = 'promoter.argoproj.io';
/** Argo CD, Rollouts, Workflows, Events and the GitOps Promoter. */
const ARGO_RULES = [
    { group: 'argoproj.io', kinds: ['Rollout'], awaits: ['*'], judge: rolloutHealth },
    {
        group: 'argoproj.io',
        kinds: ['Application'],
        awaits: ['health.status'],
        judge: (object) => {
            const status = (0,json/* asString */.oJ)(valueAt(object, 'health.status')) ?? '';
            const message = (0,health_status/* stringAt */.bX)(object, 'status', 'health', 'message') || `Its resources are ${status}`;
            return isStatus(status) ? { status, message } : (0,health_status/* unknown */.L5)(message);
        }
    },
    {
        group: 'argoproj.io',
        kinds: ['ApplicationSet'],
        awaits: ['conditions'],
        alarms: ['ErrorOccurred'],
        judge: (object) => {
            const rollout = (0,health_status/* conditionOf */.rI)(object, 'RolloutProgressing');
            return rollout?.status === 'True' && (0,health_status/* conditionOf */.rI)(object, 'ErrorOccurred')?.status !== 'True'
                ? (0,health_status/* progressing */.OP)((0,generic/* sentence */.em)(rollout))
                : undefined;
        },
        verdict: ['ResourcesUpToDate']
    },
    {
        // Phases of Argo Rollouts' analysis; Inconclusive asks a person.
        group: 'argoproj.io',
        kinds: ['AnalysisRun', 'Experiment'],
        awaits: ['phase'],
        word: {
            field: 'phase',
            healthy: ['Successful'],
            progressing: ['Pending', 'Running'],
            degraded: ['Failed', 'Error'],
            unknown: ['Inconclusive']
        }
    },
    {
        group: 'argoproj.io',
        kinds: ['Workflow'],
        awaits: ['phase'],
        word: {
            field: 'phase',
            healthy: ['Succeeded'],
            progressing: ['Pending', 'Running'],
            degraded: ['Failed', 'Error'],
            other: 'Unknown'
        }
    },
    { group: 'argoproj.io', kinds: ['CronWorkflow'], alarms: ['SubmissionError', 'SpecError'], verdict: ['Completed'] },
    {
        group: 'argoproj.io',
        kinds: ['EventBus', 'EventSource', 'Sensor'],
        awaits: ['conditions'],
        judge: (object) => {
            const conditions = (0,health_status/* conditionsOf */.yb)(object);
            const unmet = conditions.find((one) => one.status === 'False') ?? conditions.find((one) => one.status !== 'True');
            if (unmet)
                return unmet.status === 'False' ? (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(unmet)) : (0,health_status/* progressing */.OP)((0,generic/* sentence */.em)(unmet));
            return (0,health_status/* healthy */.s2)('Deployed');
        }
    },
    { group: 'argoproj.io', kinds: ['AppProject', 'WorkflowTemplate', 'AnalysisTemplate'] },
    {
        // GitOps Promoter: what its policies say of environments, beside whether it could work at all (Ready).
        group: PROMOTER,
        awaits: ['?Ready'],
        verdict: ['Ready'],
        unmet: 'Degraded',
        judge: (object) => ((0,health_status/* conditionOf */.rI)(object, 'Ready')?.status === 'True' ? promotionHealth(object) : undefined)
    }
];
/** As Argo Rollouts itself says (phase, since v1.2); older versions by pause and counts. */
function rolloutHealth(object) {
    if ((0,json.at)(object, 'spec', 'paused') === true)
        return (0,health_status/* suspended */.IU)('The rollout is paused (spec.paused is true)');
    const invalid = (0,health_status/* conditionOf */.rI)(object, 'InvalidSpec');
    if (invalid && invalid.status !== 'False')
        return (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(invalid));
    const generation = (0,health_status/* annotationOf */.lW)(object, 'rollout.argoproj.io/workload-generation');
    const observed = (0,health_status/* stringAt */.bX)(object, 'status', 'workloadObservedGeneration');
    if ((0,json.at)(object, 'spec', 'workloadRef') !== undefined && generation !== undefined && observed !== generation)
        return (0,health_status/* progressing */.OP)('The rollout has not seen the latest change of the workload it refers to yet');
    const message = explanationOf(object);
    switch ((0,health_status/* stringAt */.bX)(object, 'status', 'phase')) {
        case 'Healthy':
            return (0,health_status/* healthy */.s2)(message || 'All steps are done');
        case 'Degraded':
            return (0,health_status/* degraded */.$o)(message || 'The rollout is degraded');
        case 'Paused':
            return (0,health_status/* suspended */.IU)(message || 'The rollout waits for a person to promote or abort it');
        case 'Progressing':
            return (0,health_status/* progressing */.OP)(message || 'The rollout is in progress');
    }
    const rollout = (0,health_status/* conditionOf */.rI)(object, 'Progressing');
    if (rollout?.reason === 'RolloutAborted' || rollout?.reason === 'ProgressDeadlineExceeded')
        return (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(rollout));
    const pauses = (0,json/* asList */.DD)((0,json.at)(object, 'status', 'pauseConditions')) ?? [];
    if (pauses.length > 0 || rollout?.reason === 'RolloutPaused')
        return (0,health_status/* suspended */.IU)(rollout ? (0,generic/* sentence */.em)(rollout) : 'The rollout is paused');
    const declared = (0,health_status/* integerAt */.OW)(object, 1, 'spec', 'replicas');
    const updated = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'updatedReplicas');
    const available = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'availableReplicas');
    const replicas = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'replicas');
    if (updated < declared)
        return (0,health_status/* progressing */.OP)(`${updated} of ${declared} replicas updated`);
    if (available < updated)
        return (0,health_status/* progressing */.OP)(`${available} of ${updated} replicas available`);
    const hash = (0,health_status/* stringAt */.bX)(object, 'status', 'currentPodHash');
    const active = (0,health_status/* stringAt */.bX)(object, 'status', 'blueGreen', 'activeSelector') || (0,health_status/* stringAt */.bX)(object, 'status', 'activeSelector');
    const stable = (0,health_status/* stringAt */.bX)(object, 'status', 'stableRS') || (0,health_status/* stringAt */.bX)(object, 'status', 'canary', 'stableRS');
    if ((0,json.at)(object, 'spec', 'strategy', 'blueGreen') !== undefined)
        return active === hash
            ? (0,health_status/* healthy */.s2)('The active service serves the new pods')
            : (0,health_status/* progressing */.OP)('Traffic is not switched yet');
    if (replicas > updated)
        return (0,health_status/* progressing */.OP)(`${replicas - updated} old replicas not yet terminated`);
    return stable === '' || stable === hash ? (0,health_status/* healthy */.s2)('All steps are done') : (0,health_status/* progressing */.OP)('Not all steps are done yet');
}
/** What is promoted: environments that have not caught up are in progress; a report of a failed check is only a report. */
function promotionHealth(object) {
    switch (object['kind']) {
        case 'ChangeTransferPolicy':
            return transferHealth(object['status'], '');
        case 'PromotionStrategy': {
            const environments = (0,json/* asList */.DD)(valueAt(object, 'environments')) ?? [];
            if (environments.length === 0)
                return (0,health_status/* degraded */.$o)('It has no environments');
            const shas = new Set(environments.map((one) => (0,health_status/* stringAt */.bX)(one, 'proposed', 'dry', 'sha')));
            const found = environments.map((one) => transferHealth(one, ` of ${(0,health_status/* stringAt */.bX)(one, 'branch')}`));
            const waiting = found.find((one) => one.status !== 'Healthy');
            if (waiting)
                return waiting;
            return shas.size > 1 ? (0,health_status/* progressing */.OP)('The environments do not propose the same commit yet') : found[0];
        }
        case 'CommitStatus':
        case 'PullRequest':
            return undefined;
    }
    const environments = (0,json/* asList */.DD)(valueAt(object, 'environments')) ?? [];
    const named = (phase) => environments.filter((one) => ((0,health_status/* stringAt */.bX)(one, 'phase') || 'pending') === phase).map((one) => (0,health_status/* stringAt */.bX)(one, 'branch'));
    const failures = named('failure');
    if (failures.length > 0)
        return (0,health_status/* degraded */.$o)(`The check failed for ${failures.join(', ')}`);
    const pending = named('pending');
    return pending.length > 0 ? (0,health_status/* progressing */.OP)(`The check is pending for ${pending.join(', ')}`) : undefined;
}
function transferHealth(environment, where) {
    const active = (0,health_status/* stringAt */.bX)((0,json.at)(environment, 'active', 'dry'), 'sha');
    const proposed = (0,health_status/* stringAt */.bX)((0,json.at)(environment, 'proposed', 'dry'), 'sha');
    if (active === '')
        return (0,health_status/* progressing */.OP)(`The active commit${where} is not known yet`);
    if (proposed === '')
        return (0,health_status/* progressing */.OP)(`The proposed commit${where} is not known yet`);
    return active === proposed
        ? (0,health_status/* healthy */.s2)(`Up to date at ${active.slice(0, 7)}`)
        : (0,health_status/* progressing */.OP)(`The promotion${where} from ${active.slice(0, 7)} to ${proposed.slice(0, 7)} is in progress`);
}
function isStatus(word) {
    return ['Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown'].includes(word);
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/custom/operators/cloud.js




/** Crossplane: Synced tells of errors, Ready (or Healthy, for packages) of the resource. */
const crossplane = {
    silent: [
        'Composition',
        'CompositionRevision',
        'DeploymentRuntimeConfig',
        'ControllerConfig',
        'EnvironmentConfig',
        'ImageConfig',
        'StoreConfig',
        'ProviderConfigUsage',
        'ClusterProviderConfigUsage'
    ],
    pausedBy: { 'crossplane.io/paused': 'true' },
    judge: (object) => {
        // A ProviderConfig has a status only once something uses it.
        if (/ProviderConfig$/.test((0,json/* asString */.oJ)(object['kind']) ?? ''))
            return (0,health_status/* healthy */.s2)('Accepted');
        const conditions = (0,health_status/* conditionsOf */.yb)(object);
        const failed = conditions.find((one) => (one.type === 'Synced' || one.type === 'LastAsyncOperation') && one.status === 'False');
        if (failed?.reason === 'ReconcilePaused')
            return (0,health_status/* suspended */.IU)((0,generic/* sentence */.em)(failed));
        if (failed)
            return (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(failed));
        const installed = conditions.find((one) => one.type === 'Installed');
        if (installed?.status === 'False')
            return ['UnpackingPackage', 'AwaitingVerification'].includes(installed.reason)
                ? (0,health_status/* progressing */.OP)((0,generic/* sentence */.em)(installed))
                : (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(installed));
        const verdict = conditions.find((one) => ['Ready', 'Healthy', 'Offered', 'Established', 'ValidPipeline', 'RevisionHealthy'].includes(one.type));
        if (verdict?.status === 'True')
            return (0,health_status/* healthy */.s2)((0,generic/* sentence */.em)(verdict));
        if (verdict?.type === 'Healthy' && verdict.status === 'False' && verdict.reason !== 'UnknownPackageRevisionHealth')
            return (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(verdict));
        return (0,health_status/* progressing */.OP)(verdict ? (0,generic/* sentence */.em)(verdict) : 'It is being provisioned');
    }
};
/** Clouds, their services and storage as custom resources. */
const CLOUD_RULES = [
    { group: '*.crossplane.io', ...crossplane },
    { group: '*.upbound.io', ...crossplane },
    {
        // cloud.google.com/config-connector, "condition reasons". DependencyNotReady is waited for.
        group: 'core.cnrm.cloud.google.com',
        awaits: ['healthy'],
        judge: (object) => {
            const problems = ((0,json/* asList */.DD)(valueAt(object, 'errors')) ?? []).filter((one) => typeof one === 'string');
            if (valueAt(object, 'healthy') === true)
                return (0,health_status/* healthy */.s2)('It reports itself healthy');
            return (0,health_status/* degraded */.$o)(problems.length > 0 ? (0,health_status/* clause */.sb)(problems.join('; ')) : 'It reports itself not healthy');
        }
    },
    {
        group: '*.cnrm.cloud.google.com',
        awaits: ['?Ready'],
        verdict: ['Ready'],
        working: ['Updating', 'DependencyNotReady', 'Creating', 'Deleting'],
        failing: [
            'UpdateFailed',
            'DeleteFailed',
            'DependencyNotFound',
            'DependencyInvalid',
            'ManagementConflict',
            'PreActuationTransformFailed',
            'PostActuationTransformFailed'
        ]
    },
    {
        // aws-controllers-k8s.github.io: Terminal needs a change of the spec, Recoverable is retried.
        group: '*.services.k8s.aws',
        awaits: ['conditions'],
        alarms: ['ACK.Terminal', 'ACK.Recoverable'],
        verdict: ['ACK.ResourceSynced', 'Ready'],
        unmet: 'Progressing'
    },
    {
        group: 'services.cloud.sap.com',
        awaits: ['conditions', 'ready'],
        alarms: ['Failed'],
        judge: (object) => {
            const succeeded = (0,health_status/* conditionOf */.rI)(object, 'Succeeded');
            if (succeeded?.status === 'False' && /InProgress$/.test(succeeded.reason))
                return (0,health_status/* progressing */.OP)((0,generic/* sentence */.em)(succeeded));
            return undefined;
        },
        verdict: ['Ready', 'Succeeded']
    },
    {
        group: 'snapshot.storage.k8s.io',
        silent: ['VolumeSnapshotClass'],
        awaits: ['*'],
        judge: (object) => {
            const problem = (0,health_status/* stringAt */.bX)(object, 'status', 'error', 'message');
            if (problem !== '')
                return (0,health_status/* degraded */.$o)((0,health_status/* clause */.sb)(problem));
            return valueAt(object, 'readyToUse') === true ? (0,health_status/* healthy */.s2)('Ready to use') : (0,health_status/* progressing */.OP)('Not ready to use yet');
        }
    },
    {
        group: 'trident.netapp.io',
        kinds: ['TridentBackendConfig'],
        awaits: ['phase', 'lastOperationStatus'],
        judge: (object) => {
            const result = (0,health_status/* stringAt */.bX)(object, 'status', 'lastOperationStatus');
            if (result === 'Failed')
                return (0,health_status/* degraded */.$o)(explanationOf(object) || 'The last operation failed');
            const phase = (0,health_status/* stringAt */.bX)(object, 'status', 'phase');
            if (phase === 'Bound' && result === 'Success')
                return (0,health_status/* healthy */.s2)(explanationOf(object) || 'Bound');
            return phase === 'Lost' || phase === 'Failed'
                ? (0,health_status/* degraded */.$o)(`The backend is ${phase}`)
                : (0,health_status/* progressing */.OP)(`It is ${phase}`);
        }
    },
    { group: 'astra.netapp.io', kinds: ['Schedule'], enabledBy: 'enabled', judge: () => (0,health_status/* healthy */.s2)('Scheduled') },
    {
        group: 'astra.netapp.io',
        enabledBy: 'enabled',
        awaits: ['state', 'conditions'],
        word: {
            field: 'state',
            healthy: ['Completed', 'Available', 'Enabled', 'ready'],
            progressing: ['Running', 'Pending', 'Creating'],
            degraded: ['Failed', 'Error'],
            onlyBad: false
        },
        verdict: ['Ready', 'Completed'],
        unmet: 'Degraded'
    },
    {
        group: 'apigee.cloud.google.com',
        awaits: ['state'],
        word: {
            field: 'state',
            healthy: ['running'],
            progressing: ['creating', 'updating', 'releasing', 'deleting'],
            degraded: ['failed', 'error'],
            other: 'Progressing'
        }
    },
    { group: 'apps.3scale.net', awaits: ['conditions'], verdict: ['Available'], unmet: 'Degraded' },
    {
        group: 'capabilities.3scale.net',
        awaits: ['conditions'],
        alarms: ['Failed', 'Invalid', 'Orphan'],
        verdict: ['Synced', 'Ready']
    }
];

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/custom/operators/clusters.js




/** The triple of OpenShift's operators: Degraded, Available, Progressing (openshift/api, ClusterOperator). */
const openshift = {
    judge: (object) => {
        const bad = (0,health_status/* conditionOf */.rI)(object, 'Degraded');
        if (bad?.status === 'True')
            return (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(bad));
        const work = (0,health_status/* conditionOf */.rI)(object, 'Progressing');
        if (work?.status === 'True')
            return (0,health_status/* progressing */.OP)((0,generic/* sentence */.em)(work));
        const available = (0,health_status/* conditionOf */.rI)(object, 'Available');
        if (available?.status === 'False')
            return (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(available));
        if (available?.status === 'True')
            return (0,health_status/* healthy */.s2)((0,generic/* sentence */.em)(available));
        const conditions = (0,health_status/* conditionsOf */.yb)(object);
        return conditions.length > 0 && !conditions.some((one) => one.status === 'True')
            ? (0,health_status/* progressing */.OP)('Its operator has not said whether it is available yet')
            : undefined;
    }
};
/** Clusters and machines as custom resources: Cluster API, Karpenter, Gardener, OpenShift with its operators. */
const CLUSTER_RULES = [
    {
        group: 'cluster.x-k8s.io',
        kinds: ['Cluster'],
        awaits: ['phase', 'conditions'],
        // Available stays True while machines are replaced or the topology waits for its turn (contract v1beta2).
        judge: (object) => terminalFailure(object) ?? rolloutOf(object),
        word: {
            field: 'phase',
            healthy: ['Provisioned'],
            progressing: ['Pending', 'Provisioning', 'Deleting', 'Unknown'],
            degraded: ['Failed'],
            onlyBad: true
        },
        verdict: ['Ready', 'Available'],
        unmet: 'Degraded'
    },
    {
        group: 'cluster.x-k8s.io',
        kinds: ['Machine'],
        awaits: ['phase'],
        judge: terminalFailure,
        word: { field: 'phase', healthy: ['Running'], degraded: ['Failed'], other: 'Progressing' }
    },
    {
        group: 'cluster.x-k8s.io',
        kinds: ['MachineDeployment', 'MachineSet'],
        awaits: ['phase', 'conditions', 'replicas'],
        judge: terminalFailure,
        word: {
            field: 'phase',
            healthy: ['Running'],
            progressing: ['ScalingUp', 'ScalingDown', 'Unknown'],
            degraded: ['Failed'],
            onlyBad: true
        }
    },
    {
        // Autoscaled pools change size all the time: Scaling is no sign of trouble while the pool is ready.
        group: 'cluster.x-k8s.io',
        kinds: ['MachinePool'],
        awaits: ['phase'],
        judge: terminalFailure,
        word: {
            field: 'phase',
            healthy: ['Running', 'Scaling', 'ScalingUp', 'ScalingDown', 'Provisioned'],
            progressing: ['Pending', 'Provisioning', 'Deleting'],
            degraded: ['Failed'],
            onlyBad: true
        }
    },
    {
        group: 'cluster.x-k8s.io',
        kinds: ['MachineHealthCheck'],
        awaits: ['*'],
        judge: (object) => {
            const expected = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'expectedMachines');
            const sound = (0,health_status/* integerAt */.OW)(object, expected, 'status', 'currentHealthy');
            return sound < expected ? (0,health_status/* degraded */.$o)(`${(0,health_status/* share */.uM)(sound, expected, 'machine')} healthy`) : undefined;
        },
        verdict: ['RemediationAllowed'],
        unmet: 'Degraded'
    },
    { group: 'addons.cluster.x-k8s.io', awaits: ['conditions'], verdict: ['ResourcesApplied'], unmet: 'Degraded' },
    {
        group: 'controlplane.cluster.x-k8s.io',
        awaits: ['ready', 'conditions', 'initialized'],
        judge: (object) => terminalFailure(object) ??
            (valueAt(object, 'ready') === false ? (0,health_status/* progressing */.OP)('The control plane is not ready') : undefined),
        verdict: ['Ready', 'Available'],
        unmet: 'Progressing'
    },
    { group: 'infrastructure.cluster.x-k8s.io', judge: terminalFailure },
    { group: 'bootstrap.cluster.x-k8s.io', judge: terminalFailure },
    {
        // karpenter.sh: Ready is Unknown while a node is launched, registered and initialized, in that order.
        group: 'karpenter.sh',
        awaits: ['conditions'],
        judge: (object) => {
            const leaving = (0,health_status/* conditionOf */.rI)(object, 'Disrupting');
            if (leaving?.status === 'True')
                return (0,health_status/* suspended */.IU)((0,generic/* sentence */.em)(leaving));
            const ready = (0,health_status/* conditionOf */.rI)(object, 'Ready');
            if (ready && ready.status !== 'Unknown')
                return undefined;
            const reached = ['Initialized', 'Registered', 'Launched'].find((type) => (0,health_status/* conditionOf */.rI)(object, type)?.status === 'True');
            return (0,health_status/* progressing */.OP)(`The node is ${reached ? reached.toLowerCase() : 'not launched'} and not yet ready`);
        },
        verdict: ['Ready'],
        unmet: 'Degraded'
    },
    { group: 'karpenter.k8s.aws', awaits: ['conditions'], verdict: ['Ready'], unmet: 'Degraded' },
    {
        group: 'core.gardener.cloud',
        kinds: ['Shoot'],
        awaits: ['lastOperation', 'conditions'],
        judge: (object) => {
            const state = (0,health_status/* stringAt */.bX)(object, 'status', 'lastOperation', 'state');
            const what = (0,health_status/* stringAt */.bX)(object, 'status', 'lastOperation', 'description');
            if ((0,json.at)(object, 'spec', 'hibernation', 'enabled') === true && state === 'Succeeded')
                return (0,health_status/* suspended */.IU)('The cluster is hibernated');
            if (state === 'Failed' || state === 'Error' || state === 'Aborted')
                return (0,health_status/* degraded */.$o)((0,health_status/* clause */.sb)(what) || state);
            if (state !== 'Succeeded')
                return (0,health_status/* progressing */.OP)((0,health_status/* clause */.sb)(what) || `The last operation is ${state || 'not known'}`);
            // Gardener's own summary, which gives conditions the time that they may take.
            const verdict = (0,json.at)(object, 'metadata', 'labels', 'shoot.gardener.cloud/status');
            if (verdict === 'unknown')
                return (0,health_status/* unknown */.L5)('Gardener does not know the state of the cluster');
            const unmet = (0,health_status/* conditionsOf */.yb)(object).find((one) => one.status !== 'True');
            if (verdict === 'unhealthy')
                return (0,health_status/* degraded */.$o)(unmet ? (0,generic/* sentence */.em)(unmet) : 'Gardener calls the cluster unhealthy');
            return unmet ? (0,health_status/* progressing */.OP)((0,generic/* sentence */.em)(unmet)) : (0,health_status/* healthy */.s2)((0,health_status/* clause */.sb)(what) || 'All conditions are met');
        }
    },
    {
        // Available with one router pod of several: the rollout is not done.
        group: 'operator.openshift.io',
        kinds: ['IngressController'],
        awaits: ['conditions'],
        judge: (object) => {
            const health = openshift.judge?.(object) ?? (0,health_status/* progressing */.OP)('Its operator has not said whether it is available yet');
            const all = (0,health_status/* conditionOf */.rI)(object, 'DeploymentReplicasAllAvailable');
            return health.status === 'Healthy' && all?.status === 'False' ? (0,health_status/* progressing */.OP)((0,generic/* sentence */.em)(all)) : health;
        }
    },
    { group: 'operator.openshift.io', awaits: ['conditions'], ...openshift },
    { group: 'config.openshift.io', ...openshift },
    { group: 'ocs.openshift.io', awaits: ['conditions'], ...openshift },
    { group: 'nmstate.io', awaits: ['conditions'], pauses: ['Ignored'], ...openshift },
    { group: 'machineconfiguration.openshift.io', awaits: ['conditions'], ...openshift },
    {
        group: 'route.openshift.io',
        kinds: ['Route'],
        awaits: ['ingress'],
        judge: (object) => {
            for (const entry of (0,json/* asList */.DD)(valueAt(object, 'ingress')) ?? [])
                for (const condition of (0,json/* asList */.DD)((0,json.at)(entry, 'conditions')) ?? [])
                    if ((0,json.at)(condition, 'type') === 'Admitted' && (0,json.at)(condition, 'status') !== 'True')
                        return (0,health_status/* degraded */.$o)(`Not admitted: ${(0,health_status/* clause */.sb)((0,health_status/* stringAt */.bX)(condition, 'message') || (0,health_status/* stringAt */.bX)(condition, 'reason'))}`);
            return (0,health_status/* healthy */.s2)('Admitted by every router');
        }
    },
    {
        // Approved by hand, a plan that waits is no fault of an operator that is installed already.
        group: 'operators.coreos.com',
        kinds: ['Subscription'],
        awaits: ['conditions', 'state'],
        alarms: ['CatalogSourcesUnhealthy', 'InstallPlanFailed', 'ResolutionFailed', 'BundleUnpackFailed'],
        judge: (object) => {
            const alarm = (0,health_status/* conditionsOf */.yb)(object).find((one) => ['CatalogSourcesUnhealthy', 'InstallPlanFailed', 'ResolutionFailed', 'BundleUnpackFailed'].includes(one.type) && one.status === 'True');
            if (alarm)
                return (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(alarm));
            const pending = (0,health_status/* conditionOf */.rI)(object, 'InstallPlanPending');
            if (pending?.status === 'True') {
                const installed = (0,health_status/* stringAt */.bX)(object, 'status', 'installedCSV');
                return installed !== '' && pending.reason === 'RequiresApproval'
                    ? (0,health_status/* healthy */.s2)(`${installed} is installed; an upgrade waits for approval`)
                    : (0,health_status/* progressing */.OP)((0,generic/* sentence */.em)(pending));
            }
            return (0,health_status/* healthy */.s2)((0,health_status/* stringAt */.bX)(object, 'status', 'state') || 'No install plan is pending');
        }
    },
    {
        group: 'operators.coreos.com',
        kinds: ['ClusterServiceVersion'],
        awaits: ['phase'],
        word: { field: 'phase', healthy: ['Succeeded'], degraded: ['Failed'], other: 'Progressing' }
    },
    {
        group: 'operators.coreos.com',
        kinds: ['InstallPlan'],
        awaits: ['phase'],
        word: {
            field: 'phase',
            healthy: ['Complete'],
            degraded: ['Failed'],
            suspended: ['RequiresApproval'],
            other: 'Progressing'
        }
    },
    {
        group: 'operators.coreos.com',
        kinds: ['CatalogSource'],
        awaits: ['connectionState.lastObservedState'],
        word: {
            field: 'connectionState.lastObservedState',
            healthy: ['READY'],
            degraded: ['TRANSIENT_FAILURE'],
            other: 'Progressing'
        }
    }
];
/** Cluster API's terminal problem: the object will not reach its declared state (contract: failureReason, failureMessage). */
function terminalFailure(object) {
    const message = (0,health_status/* stringAt */.bX)(object, 'status', 'failureMessage') || (0,health_status/* stringAt */.bX)(object, 'status', 'failureReason');
    if (message !== '')
        return (0,health_status/* degraded */.$o)((0,health_status/* clause */.sb)(message));
    const ready = (0,health_status/* conditionOf */.rI)(object, 'Ready');
    // Severity (contract v1beta1): Error needs a person, Warning is retried, Info waits for something else.
    if (ready?.status === 'False' && ready.severity === 'Error')
        return (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(ready));
    if ((0,health_status/* stringAt */.bX)(object, 'status', 'phase') !== 'Failed')
        return undefined;
    return (0,health_status/* degraded */.$o)(ready ? (0,generic/* sentence */.em)(ready) : 'It failed');
}
function rolloutOf(object) {
    const topology = (0,health_status/* conditionOf */.rI)(object, 'TopologyReconciled');
    if (topology?.status === 'False')
        return (0,generic/* judged */.g$)(topology);
    const rollout = (0,health_status/* conditionsOf */.yb)(object).find((one) => ['RollingOut', 'Remediating'].includes(one.type));
    return rollout?.status === 'True' ? (0,health_status/* progressing */.OP)((0,generic/* sentence */.em)(rollout)) : undefined;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/custom/operators/data.js




/** Data processing, machine learning, storage, observability, backups. */
const DATA_RULES = [
    {
        group: 'sparkoperator.k8s.io',
        kinds: ['SparkApplication'],
        awaits: ['applicationState.state'],
        judge: (object) => {
            const isDynamic = Object.entries((0,json/* asObject */.eB)((0,json.at)(object, 'spec', 'sparkConf')) ?? {}).some(([key, value]) => /dynamicAllocation\.enabled$/.test(key) && value === 'true');
            const wanted = (0,health_status/* integerAt */.OW)(object, 0, 'spec', 'executor', 'instances');
            const states = Object.values((0,json/* asObject */.eB)(valueAt(object, 'executorState')) ?? {});
            const running = states.filter((state) => state === 'RUNNING').length;
            if (valueAt(object, 'applicationState.state') !== 'RUNNING' || isDynamic)
                return undefined;
            if ((0,json.at)(object, 'spec', 'dynamicAllocation', 'enabled') === true || running >= wanted)
                return undefined;
            return (0,health_status/* progressing */.OP)(`${(0,health_status/* share */.uM)(running, wanted, 'executor')} running`);
        },
        word: {
            field: 'applicationState.state',
            healthy: ['RUNNING', 'COMPLETED'],
            progressing: [
                'NEW',
                'SUBMITTED',
                'PENDING_RERUN',
                'PENDING_SUBMISSION',
                'INVALIDATING',
                'SUCCEEDING',
                'RESUMING'
            ],
            degraded: ['FAILED', 'SUBMISSION_FAILED', 'FAILING', 'FAILED_SUBMISSION'],
            suspended: ['SUSPENDED', 'SUSPENDING'],
            unknown: ['UNKNOWN']
        }
    },
    {
        group: 'flink.apache.org',
        kinds: ['FlinkDeployment'],
        awaits: ['jobManagerDeploymentStatus', 'lifecycleState', 'jobStatus'],
        judge: (object) => {
            const deployment = (0,health_status/* stringAt */.bX)(object, 'status', 'jobManagerDeploymentStatus');
            const job = (0,health_status/* stringAt */.bX)(object, 'status', 'jobStatus', 'state');
            const problem = (0,health_status/* stringAt */.bX)(object, 'status', 'error');
            const lifecycle = (0,health_status/* stringAt */.bX)(object, 'status', 'lifecycleState');
            if (deployment === 'ERROR' || job === 'FAILED' || lifecycle === 'FAILED')
                return (0,health_status/* degraded */.$o)(problem || `The job is ${job || 'failed'}`);
            if (lifecycle === 'ROLLED_BACK')
                return (0,health_status/* degraded */.$o)(problem || 'It was rolled back to the last stable specification');
            if (lifecycle === 'ROLLING_BACK')
                return (0,health_status/* progressing */.OP)('It is rolled back to the last stable specification');
            if (job === 'SUSPENDED' || (0,health_status/* stringAt */.bX)(object, 'spec', 'job', 'state') === 'suspended')
                return (0,health_status/* suspended */.IU)('The job is suspended');
            if (job === 'FINISHED')
                return (0,health_status/* healthy */.s2)('The job is finished');
            const isSession = (0,json.at)(object, 'spec', 'job') === undefined;
            if (deployment === 'READY' && (job === 'RUNNING' || (isSession && job === '')))
                return (0,health_status/* healthy */.s2)(isSession ? 'The session cluster is ready' : 'The job is running');
            return (0,health_status/* progressing */.OP)(`The job manager is ${deployment || 'not reported'}, the job ${job || 'not reported'}`);
        }
    },
    {
        group: 'jaegertracing.io',
        kinds: ['Jaeger'],
        awaits: ['phase'],
        word: { field: 'phase', healthy: ['Running'], degraded: ['Failed'], other: 'Progressing' }
    },
    {
        group: 'serving.kserve.io',
        awaits: ['conditions', 'modelStatus'],
        judge: (object) => {
            const transition = (0,health_status/* stringAt */.bX)(object, 'status', 'modelStatus', 'transitionStatus');
            if (transition === 'BlockedByFailedLoad' || transition === 'InvalidSpec')
                return (0,health_status/* degraded */.$o)(`The model is not served: ${transition}`);
            if (transition === 'InProgress')
                return (0,health_status/* progressing */.OP)('The model is being changed');
            const stopped = (0,health_status/* conditionOf */.rI)(object, 'Stopped');
            return stopped?.status === 'True' ? (0,health_status/* suspended */.IU)((0,generic/* sentence */.em)(stopped)) : undefined;
        },
        verdict: ['Ready'],
        unmet: 'Degraded'
    },
    {
        group: 'ceph.rook.io',
        kinds: ['CephCluster'],
        awaits: ['phase', 'state', 'ceph'],
        judge: (object) => {
            const health = (0,health_status/* stringAt */.bX)(object, 'status', 'ceph', 'health');
            const state = (0,health_status/* stringAt */.bX)(object, 'status', 'state');
            if (state === 'Error')
                return (0,health_status/* degraded */.$o)(explanationOf(object) || 'The cluster is in the state Error');
            if (health === 'HEALTH_ERR' || health === 'HEALTH_WARN')
                return (0,health_status/* degraded */.$o)(`Ceph reports ${health}`);
            if (health === 'HEALTH_OK' && (state === 'Created' || state === 'Connected'))
                return (0,health_status/* healthy */.s2)('Ceph reports HEALTH_OK');
            return (0,health_status/* progressing */.OP)(explanationOf(object) || `The cluster is ${state || 'not reported on yet'}`);
        }
    },
    {
        group: 'ceph.rook.io',
        awaits: ['phase'],
        word: {
            field: 'phase',
            healthy: ['Ready', 'Connected'],
            degraded: ['Failure', 'Failed', 'Error', 'ReconcileFailed'],
            other: 'Progressing'
        }
    },
    {
        // grafana-operator v5: per-kind conditions such as DashboardSynchronized, and NoMatchingInstance where nobody takes it.
        group: 'grafana.integreatly.org',
        awaits: ['*'],
        judge: (object) => {
            if (valueAt(object, 'NoMatchingInstances') === true)
                return (0,health_status/* degraded */.$o)('No Grafana instance matches its selector');
            const alarm = (0,health_status/* conditionsOf */.yb)(object).find((one) => (/^NoMatching|^Invalid/.test(one.type) || /Failed$/.test(one.type)) && one.status === 'True');
            if (alarm)
                return (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(alarm));
            const unmet = (0,health_status/* conditionsOf */.yb)(object).find((one) => /Synchronized$|Ready$/.test(one.type) && one.status === 'False');
            if (unmet)
                return (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(unmet));
            const stage = (0,health_status/* stringAt */.bX)(object, 'status', 'stageStatus');
            if (stage === 'failed')
                return (0,health_status/* degraded */.$o)((0,health_status/* stringAt */.bX)(object, 'status', 'lastMessage') || 'The stage failed');
            return stage === 'in progress' ? (0,health_status/* progressing */.OP)(`Stage ${(0,health_status/* stringAt */.bX)(object, 'status', 'stage')}`) : undefined;
        }
    },
    {
        group: 'operator.victoriametrics.com',
        awaits: ['updateStatus', 'status', 'replicas'],
        word: {
            field: 'updateStatus',
            healthy: ['operational'],
            progressing: ['expanding'],
            degraded: ['failed'],
            suspended: ['paused']
        }
    },
    {
        // Its own four-valued conditions: Available may be Degraded (prometheus-operator.dev).
        group: 'monitoring.coreos.com',
        judge: (object) => {
            for (const type of ['Reconciled', 'Available']) {
                const condition = (0,health_status/* conditionOf */.rI)(object, type);
                if (!condition || condition.status === 'True')
                    continue;
                return condition.status === 'Unknown' ? (0,health_status/* progressing */.OP)((0,generic/* sentence */.em)(condition)) : (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(condition));
            }
            return undefined;
        }
    },
    {
        group: 'opentelemetry.io',
        kinds: ['OpenTelemetryCollector'],
        awaits: ['scale', 'version'],
        judge: (object) => {
            const [ready, declared] = (0,health_status/* stringAt */.bX)(object, 'status', 'scale', 'statusReplicas').split('/').map(Number);
            if (ready === undefined || declared === undefined)
                return undefined;
            return ready < declared
                ? (0,health_status/* progressing */.OP)(`${ready} of ${declared} replicas ready`)
                : (0,health_status/* healthy */.s2)('All replicas are ready');
        }
    },
    {
        group: 'datadoghq.com',
        kinds: ['DatadogMetric'],
        awaits: ['conditions'],
        judge: (object) => {
            const problem = (0,health_status/* conditionOf */.rI)(object, 'Error');
            if (problem?.status === 'True')
                return (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(problem));
            const active = (0,health_status/* conditionOf */.rI)(object, 'Active');
            const valid = (0,health_status/* conditionOf */.rI)(object, 'Valid');
            if (active?.status === 'True' && valid?.status !== 'True')
                return (0,health_status/* degraded */.$o)(valid ? (0,generic/* sentence */.em)(valid) : 'It is not valid');
            return (0,health_status/* healthy */.s2)(active?.status === 'True' ? 'Valid and in use' : 'Not in use by any autoscaler');
        }
    },
    { group: 'coralogix.com', awaits: ['conditions', 'id'], verdict: ['RemoteSynced', 'Ready'], unmet: 'Degraded' },
    {
        // Ansible operators: Running is True also between two reconciliations, then with the reason Successful.
        group: 'kiali.io',
        kinds: ['Kiali'],
        awaits: ['conditions'],
        judge: (object) => {
            const conditions = (0,health_status/* conditionsOf */.yb)(object);
            const failure = conditions.find((one) => one.type === 'Failure' && one.status === 'True');
            if (failure)
                return (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(failure));
            const running = conditions.find((one) => one.type === 'Running' && one.status === 'True');
            const done = conditions.find((one) => one.type === 'Successful' && one.status === 'True');
            if (running?.reason === 'Successful' || done)
                return (0,health_status/* healthy */.s2)('The last reconciliation succeeded');
            return running ? (0,health_status/* progressing */.OP)((0,generic/* sentence */.em)(running)) : undefined;
        }
    },
    {
        group: 'core.humio.com',
        awaits: ['state'],
        word: {
            field: 'state',
            healthy: ['Running', 'Exists', 'Synchronized'],
            progressing: ['Pending', 'Restarting', 'Upgrading'],
            degraded: ['ConfigError', 'Failed', 'PartiallySynchronized'],
            missing: ['NotFound'],
            unknown: ['Unknown'],
            other: 'Progressing'
        }
    },
    {
        group: 'velero.io',
        awaits: ['phase'],
        silent: ['VolumeSnapshotLocation'],
        word: {
            field: 'phase',
            healthy: ['Completed', 'Available', 'Enabled', 'Ready', 'Processed'],
            degraded: ['Failed', 'PartiallyFailed', 'FailedValidation', 'Unavailable', 'NotReady'],
            suspended: ['Paused'],
            other: 'Progressing'
        }
    },
    {
        group: 'autoscaling.k8s.io',
        kinds: ['VerticalPodAutoscaler'],
        alarms: ['ConfigUnsupported', 'ConfigDeprecated'],
        judge: (object) => {
            const given = (0,health_status/* conditionOf */.rI)(object, 'RecommendationProvided');
            if (given?.status === 'True')
                return (0,health_status/* healthy */.s2)('A recommendation is provided');
            return given ? (0,health_status/* progressing */.OP)((0,generic/* sentence */.em)(given)) : undefined;
        }
    }
];

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/custom/operators/databases.js




/** Elastic's traffic light; single-node clusters stay yellow, which is why a set phase of Ready says more. */
const elastic = {
    awaits: ['health', 'phase'],
    judge: (object) => {
        const phase = (0,health_status/* stringAt */.bX)(object, 'status', 'phase');
        if (phase === 'Invalid')
            return (0,health_status/* degraded */.$o)(explanationOf(object) || 'The specification is invalid');
        if (phase !== '' && phase !== 'Ready')
            return (0,health_status/* progressing */.OP)(`phase is ${phase}`);
        const sets = (0,json/* asList */.DD)((0,json.at)(object, 'spec', 'nodeSets')) ?? [];
        const declared = sets.reduce((sum, set) => sum + (0,health_status/* integerAt */.OW)(set, 0, 'count'), 0);
        const available = (0,health_status/* integerAt */.OW)(object, declared, 'status', 'availableNodes');
        if (available < declared)
            return (0,health_status/* progressing */.OP)(`${(0,health_status/* share */.uM)(available, declared, 'node')} available`);
        const light = (0,health_status/* stringAt */.bX)(object, 'status', 'health');
        switch (light) {
            case 'green':
                return (0,health_status/* healthy */.s2)('health is green');
            case 'yellow':
                return availableAll(object)
                    ? (0,health_status/* healthy */.s2)('health is yellow, all nodes are available')
                    : (0,health_status/* progressing */.OP)('health is yellow');
            case 'red':
                return (0,health_status/* degraded */.$o)('health is red');
            default:
                return (0,health_status/* unknown */.L5)(`health is ${light || 'not reported'}`);
        }
    }
};
/** Percona's operators share their states. */
const percona = {
    awaits: ['state'],
    word: {
        field: 'state',
        healthy: ['ready', 'Succeeded'],
        progressing: ['initializing', 'init', 'stopping', 'Starting', 'Running', 'requested', 'rejected', 'waiting'],
        degraded: ['error', 'Failed'],
        suspended: ['paused'],
        unknown: ['unknown']
    }
};
/** Ready is the verdict; NotReady is what Strimzi writes instead while it is not, with the reason Creating at first. */
const strimzi = {
    awaits: ['conditions'],
    judge: (object) => {
        const bad = (0,health_status/* conditionOf */.rI)(object, 'NotReady');
        if (bad?.status !== 'True')
            return undefined;
        return bad.reason === 'Creating' ? (0,health_status/* progressing */.OP)((0,generic/* sentence */.em)(bad)) : (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(bad));
    },
    pauses: ['ReconciliationPaused'],
    verdict: ['Ready'],
    unmet: 'Degraded',
    working: ['Creating']
};
/** Messaging topology: an object that the broker refused says FailedCreateOrUpdate. */
const rabbitTopology = { awaits: ['?Ready'], verdict: ['Ready'], unmet: 'Degraded' };
/** Databases, search, message brokers. */
const DATABASE_RULES = [
    {
        // Phases of CloudNativePG (cloudnative-pg/api/v1, cluster_types.go).
        group: 'postgresql.cnpg.io',
        kinds: ['Cluster'],
        awaits: ['phase', 'conditions'],
        // The second is what its documentation says (Labels and annotations).
        pausedBy: { 'cnpg.io/reconciliation': 'disabled', 'cnpg.io/reconciliationLoop': 'disabled' },
        judge: (object) => {
            const hibernation = (0,health_status/* conditionOf */.rI)(object, 'cnpg.io/hibernation');
            if (hibernation)
                return hibernation.status === 'True' ? (0,health_status/* suspended */.IU)((0,generic/* sentence */.em)(hibernation)) : (0,health_status/* progressing */.OP)((0,generic/* sentence */.em)(hibernation));
            return (0,health_status/* annotationOf */.lW)(object, 'cnpg.io/hibernation') === 'on' ? (0,health_status/* suspended */.IU)('The cluster is hibernated') : undefined;
        },
        word: {
            field: 'phase',
            healthy: ['Cluster in healthy state'],
            suspended: ['Waiting for user action', 'Cluster upgrade delayed', 'Waiting for user to restart the cluster'],
            degraded: [
                'Failing over',
                'Cluster has incomplete or invalid image catalog',
                'Cluster is unrecoverable and needs manual intervention',
                'Unable to create required cluster objects',
                'Cluster is in an unrecoverable state, needs manual intervention',
                'Cluster cannot execute instance online upgrade due to missing architecture binary',
                'Cluster cannot proceed to reconciliation due to an unknown plugin being required',
                'Cluster cannot proceed to reconciliation due to an error while interacting with plugins',
                'Not enough disk space',
                'Failed',
                'Upgrading cluster failed'
            ],
            other: 'Progressing'
        }
    },
    {
        group: 'postgresql.cnpg.io',
        kinds: ['Backup'],
        awaits: ['phase'],
        word: {
            field: 'phase',
            healthy: ['completed'],
            degraded: ['failed', 'walArchivingFailing'],
            other: 'Progressing'
        }
    },
    {
        group: 'postgresql.cnpg.io',
        kinds: ['Database', 'Publication', 'Subscription'],
        awaits: ['applied'],
        judge: (object) => valueAt(object, 'applied') === true
            ? (0,health_status/* healthy */.s2)('Applied')
            : (0,health_status/* degraded */.$o)(`Not applied: ${explanationOf(object) || 'no reason is given'}`)
    },
    {
        // postgres-operator.readthedocs.io: states of a manifest.
        group: 'acid.zalan.do',
        kinds: ['postgresql'],
        awaits: ['PostgresClusterStatus'],
        word: {
            field: 'PostgresClusterStatus',
            healthy: ['Running'],
            progressing: ['Creating', 'Updating', 'Terminating'],
            degraded: ['CreateFailed', 'AddFailed', 'UpdateFailed', 'SyncFailed', 'DeleteFailed', 'Invalid'],
            other: 'Progressing'
        }
    },
    { group: 'psmdb.percona.com', ...percona },
    { group: 'pxc.percona.com', ...percona },
    { group: 'ps.percona.com', ...percona },
    { group: 'pgv2.percona.com', ...percona },
    {
        // mariadb-operator: a Backup or SqlJob with a schedule is as good as its last run.
        group: 'k8s.mariadb.com',
        awaits: ['conditions'],
        verdict: ['Ready', 'Complete'],
        working: ['RestoreNotComplete', 'JobNotComplete', 'JobRunning', 'Initializing', 'StatefulSetNotReady'],
        failing: ['JobFailed']
    },
    {
        group: 'mariadb.mmontes.io',
        awaits: ['conditions'],
        verdict: ['Ready', 'Complete'],
        working: ['RestoreNotComplete', 'JobNotComplete', 'JobRunning', 'Initializing'],
        failing: ['JobFailed']
    },
    {
        group: 'mongodbcommunity.mongodb.com',
        awaits: ['phase'],
        word: { field: 'phase', healthy: ['Running'], progressing: ['Pending'], degraded: ['Failed'] }
    },
    {
        // MinIO's operator writes sentences into currentState.
        group: 'minio.min.io',
        kinds: ['Tenant'],
        awaits: ['currentState'],
        judge: (object) => {
            const state = (0,health_status/* stringAt */.bX)(object, 'status', 'currentState');
            if (state === 'Initialized')
                return (0,health_status/* healthy */.s2)('Initialized');
            if (/not controlled|already exists|different versions|not allowed|not valid|invalid|cannot|failed/i.test(state))
                return (0,health_status/* degraded */.$o)(state);
            return /^(Provisioning|Waiting|Updating|Restarting|Initializing|Decommission)/.test(state)
                ? (0,health_status/* progressing */.OP)(state)
                : (0,health_status/* unknown */.L5)(state);
        }
    },
    {
        group: 'clickhouse.altinity.com',
        awaits: ['status'],
        word: { field: 'status', healthy: ['Completed'], degraded: ['Aborted', 'Failed'], other: 'Progressing' }
    },
    {
        group: 'clickhouse-keeper.altinity.com',
        awaits: ['status'],
        word: { field: 'status', healthy: ['Completed'], degraded: ['Aborted', 'Failed'], other: 'Progressing' }
    },
    { group: 'zookeeper.pravega.io', awaits: ['replicas'], alarms: ['Error'], verdict: ['PodsReady'] },
    {
        group: 'db.atlasgo.io',
        awaits: ['?Ready'],
        verdict: ['Ready'],
        working: ['Reconciling', 'Pending', 'VerifyingFirstRun', 'ApprovalPending'],
        unmet: 'Degraded'
    },
    ...['elasticsearch', 'kibana', 'apm', 'agent', 'beat', 'logstash', 'enterprisesearch', 'maps'].map((name) => ({
        group: `${name}.k8s.elastic.co`,
        ...elastic
    })),
    { group: 'kafka.strimzi.io', ...strimzi },
    { group: 'core.strimzi.io', ...strimzi },
    {
        group: 'kafka.banzaicloud.io',
        kinds: ['KafkaCluster'],
        awaits: ['state'],
        word: {
            field: 'state',
            healthy: ['ClusterRunning'],
            degraded: ['Failed', 'ClusterFailed'],
            other: 'Progressing'
        }
    },
    {
        group: 'platform.confluent.io',
        awaits: ['phase'],
        word: { field: 'phase', healthy: ['RUNNING', 'CREATED'], degraded: ['ERROR', 'FAILED'], other: 'Progressing' }
    },
    {
        // NoWarnings=False is a word of advice (memory limits), ReconcileSuccess=False a specification that cannot be applied.
        group: 'rabbitmq.com',
        kinds: ['RabbitmqCluster'],
        awaits: ['conditions'],
        judge: (object) => {
            const reconciled = (0,health_status/* conditionOf */.rI)(object, 'ReconcileSuccess');
            if (reconciled?.status === 'False')
                return (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(reconciled));
            const available = (0,health_status/* conditionOf */.rI)(object, 'ClusterAvailable');
            const replicas = (0,health_status/* conditionOf */.rI)(object, 'AllReplicasReady');
            for (const one of [replicas, available])
                if (one && one.status !== 'True')
                    return (0,health_status/* progressing */.OP)((0,generic/* sentence */.em)(one));
            return reconciled?.status === 'True' ? (0,health_status/* healthy */.s2)('All replicas are ready') : undefined;
        }
    },
    { group: 'rabbitmq.com', ...rabbitTopology }
];
function availableAll(object) {
    const expected = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'expectedNodes');
    return expected > 0 && (0,health_status/* integerAt */.OW)(object, 0, 'status', 'availableNodes') >= expected;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/custom/operators/delivery.js




/** Other tools that deliver: Flux, Flagger, Tekton, Keptn, Pulumi, Numaplane, Karmada and their like. */
const DELIVERY_RULES = [
    {
        // Ready is the verdict; while a retry is under way Reconciling is True too, and a dependency is waited for.
        group: 'kustomize.toolkit.fluxcd.io',
        awaits: ['?Ready', '?Reconciling'],
        verdict: ['Ready'],
        unmet: 'Degraded',
        working: ['DependencyNotReady', 'Progressing'],
        alarms: ['Stalled']
    },
    {
        group: 'notification.toolkit.fluxcd.io',
        kinds: ['Alert', 'Provider'],
        verdict: ['Ready'],
        unmet: 'Degraded'
    },
    {
        // A HelmRepository of type oci is static since source-controller v1.3: nothing reports on it.
        group: 'source.toolkit.fluxcd.io',
        kinds: ['HelmRepository'],
        verdict: ['Ready'],
        unmet: 'Degraded',
        judge: (object) => (0,health_status/* conditionOf */.rI)(object, 'Ready') === undefined && (0,health_status/* stringAt */.bX)(object, 'spec', 'type') !== 'oci'
            ? (0,health_status/* progressing */.OP)('Its controller has not reported a status yet')
            : undefined
    },
    {
        group: '*.toolkit.fluxcd.io',
        awaits: ['?Ready', '?Reconciling'],
        verdict: ['Ready'],
        unmet: 'Degraded',
        working: ['DependencyNotReady', 'Progressing'],
        alarms: ['Stalled']
    },
    {
        group: 'flagger.app',
        kinds: ['Canary'],
        awaits: ['phase'],
        word: {
            field: 'phase',
            healthy: ['Initialized', 'Succeeded'],
            progressing: ['Initializing', 'Waiting', 'Progressing', 'Promoting', 'Finalising', 'Terminating', 'Terminated'],
            degraded: ['Failed'],
            suspended: ['WaitingPromotion']
        }
    },
    {
        // Knative-style: Unknown while it runs.
        group: 'tekton.dev',
        kinds: ['PipelineRun', 'TaskRun', 'CustomRun'],
        awaits: ['?Succeeded'],
        verdict: ['Succeeded'],
        unmet: 'Degraded'
    },
    {
        group: 'lifecycle.keptn.sh',
        awaits: ['status', 'overallStatus', 'currentPhase'],
        judge: (object) => keptnHealth((0,json/* asString */.oJ)(valueAt(object, 'status')) ?? (0,json/* asString */.oJ)(valueAt(object, 'overallStatus')))
    },
    {
        group: 'metrics.keptn.sh',
        kinds: ['Analysis'],
        awaits: ['state'],
        judge: (object) => {
            const state = (0,json/* asString */.oJ)(valueAt(object, 'state')) ?? '';
            if (state !== 'Completed')
                return (0,health_status/* progressing */.OP)(`The analysis is ${state}`);
            const result = (0,json/* asObject */.eB)((0,json.at)(object, 'status'));
            return result?.['pass'] === true || result?.['warning'] === true
                ? (0,health_status/* healthy */.s2)('The analysis passed')
                : (0,health_status/* degraded */.$o)('The analysis did not pass');
        }
    },
    {
        group: 'metrics.keptn.sh',
        kinds: ['KeptnMetric'],
        awaits: ['*'],
        judge: (object) => {
            const problem = (0,json/* asString */.oJ)(valueAt(object, 'errMsg'));
            return problem ? (0,health_status/* degraded */.$o)(`The metric cannot be read: ${problem}`) : (0,health_status/* healthy */.s2)('The metric is read');
        }
    },
    { group: 'pulumi.com', awaits: ['conditions', 'lastUpdate'], alarms: ['Stalled'], verdict: ['Ready'] },
    {
        group: 'tower.ansible.com',
        awaits: ['ansibleJobResult.status'],
        word: {
            field: 'ansibleJobResult.status',
            healthy: ['successful'],
            progressing: ['new', 'pending', 'waiting', 'running'],
            degraded: ['failed', 'error', 'canceled']
        }
    },
    {
        group: 'numaplane.numaproj.io',
        awaits: ['conditions'],
        judge: (object) => {
            const child = (0,health_status/* conditionOf */.rI)(object, 'ChildResourcesHealthy');
            const phase = (0,health_status/* stringAt */.bX)(object, 'status', 'phase');
            if (phase === 'Failed')
                return (0,health_status/* degraded */.$o)(explanationOf(object) || 'The rollout failed');
            const upgrade = (0,health_status/* conditionOf */.rI)(object, 'ProgressiveUpgradeSucceeded');
            if (upgrade?.status === 'False' && upgrade.reason === 'Failed')
                return (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(upgrade));
            const pause = (0,health_status/* conditionsOf */.yb)(object).find((one) => one.type.endsWith('PausingOrPaused') && one.status === 'True');
            // A paused MonoVertex is declared so; a paused pipeline waits for its update.
            if (pause)
                return object['kind'] === 'MonoVertexRollout' ? (0,health_status/* healthy */.s2)((0,generic/* sentence */.em)(pause)) : (0,health_status/* suspended */.IU)((0,generic/* sentence */.em)(pause));
            if (child?.status === 'False')
                return child.reason === 'Progressing' ? (0,health_status/* progressing */.OP)((0,generic/* sentence */.em)(child)) : (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(child));
            if ((0,health_status/* stringAt */.bX)(object, 'status', 'upgradeInProgress') !== '' && phase === 'Pending')
                return (0,health_status/* progressing */.OP)('An upgrade is in progress');
            return child?.status === 'True' && phase === 'Deployed'
                ? (0,health_status/* healthy */.s2)((0,generic/* sentence */.em)(child))
                : (0,health_status/* progressing */.OP)(`The rollout is ${phase || 'not yet reported on'}`);
        }
    },
    {
        // Every condition of Numaflow's objects is good news when met; a phase of its own tells of pauses.
        group: 'numaflow.numaproj.io',
        awaits: ['conditions', 'phase'],
        judge: (object) => {
            const phase = (0,health_status/* stringAt */.bX)(object, 'status', 'phase');
            const unmet = (0,health_status/* conditionsOf */.yb)(object).find((one) => one.status === 'False');
            if (phase === 'Failed')
                return (0,health_status/* degraded */.$o)(explanationOf(object) || 'It failed');
            // Numaplane tried it beside the present one and keeps it as it was for people to look at.
            if ((0,json.at)(object, 'metadata', 'labels', 'numaplane.numaproj.io/progressive-result-state') === 'failed')
                return (0,health_status/* degraded */.$o)('Its progressive upgrade failed');
            if (unmet)
                return (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(unmet));
            if (phase === 'Running')
                return (0,health_status/* healthy */.s2)('Running');
            return phase === 'Paused' || phase === 'Pausing' ? (0,health_status/* healthy */.s2)('Paused, as declared') : (0,health_status/* progressing */.OP)(`It is ${phase}`);
        }
    },
    {
        group: 'camel.apache.org',
        awaits: ['phase'],
        word: {
            field: 'phase',
            healthy: ['Running', 'Ready'],
            degraded: ['Error', 'Cannot Match Kit', 'Cannot Find Platform', 'Unknown'],
            other: 'Progressing',
            onlyBad: true
        },
        verdict: ['Ready'],
        unmet: 'Degraded',
        working: ['DeploymentProgressing', 'RuntimeNotReady']
    },
    {
        // A binding is as healthy as what it has put into each member cluster.
        group: 'work.karmada.io',
        kinds: ['ResourceBinding', 'ClusterResourceBinding'],
        awaits: ['aggregatedStatus', 'conditions'],
        judge: (object) => {
            const members = (0,json/* asList */.DD)(valueAt(object, 'aggregatedStatus')) ?? [];
            const wanted = (0,json/* asList */.DD)((0,json.at)(object, 'spec', 'clusters')) ?? [];
            const bad = members.find((one) => (0,json.at)(one, 'health') === 'Unhealthy' || (0,json.at)(one, 'applied') === false);
            if (bad)
                return (0,health_status/* degraded */.$o)(`Not healthy in cluster ${(0,health_status/* stringAt */.bX)(bad, 'clusterName')}`);
            if (members.length < wanted.length)
                return (0,health_status/* progressing */.OP)(`Applied in ${members.length} of ${wanted.length} clusters`);
            if (members.some((one) => (0,json.at)(one, 'applied') !== true))
                return (0,health_status/* progressing */.OP)('Not applied in every cluster yet');
            const applied = (0,health_status/* conditionOf */.rI)(object, 'FullyApplied');
            return applied?.status === 'False' ? (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(applied)) : (0,health_status/* healthy */.s2)('Applied in every cluster');
        }
    }
];
function keptnHealth(state) {
    switch (state) {
        case 'Succeeded':
        case 'Warning':
            return (0,health_status/* healthy */.s2)(`It ${state === 'Warning' ? 'ended with a warning' : 'succeeded'}`);
        case 'Failed':
            return (0,health_status/* degraded */.$o)('It failed');
        case 'Deprecated':
            return (0,health_status/* healthy */.s2)('It is superseded by a newer version');
        case 'Pending':
        case 'Progressing':
            return (0,health_status/* progressing */.OP)(`It is ${state.toLowerCase()}`);
        default:
            return undefined;
    }
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/custom/operators/network.js




/** States of Gloo's objects, by name or by the number of the protobuf enumeration. */
const GLOO_STATES = {
    accepted: 'Healthy',
    '1': 'Healthy',
    rejected: 'Degraded',
    '2': 'Degraded',
    warning: 'Degraded',
    '3': 'Degraded',
    // Not yet validated: Argo CD calls that Suspended; it is work that Gloo has still to do.
    pending: 'Progressing',
    '0': 'Progressing'
};
const gloo = {
    awaits: ['statuses', 'state', 'reportedBy'],
    judge: (object) => {
        const perNamespace = Object.values((0,json/* asObject */.eB)(valueAt(object, 'statuses')) ?? {});
        const reports = perNamespace.length > 0 ? perNamespace : [object['status']];
        const found = reports.map((report) => {
            const state = (0,json.at)(report, 'state');
            const status = GLOO_STATES[String(state ?? '0').toLowerCase()] ?? 'Unknown';
            const reason = (0,health_status/* clause */.sb)((0,health_status/* stringAt */.bX)(report, 'reason'));
            return { status, message: reason || (status === 'Healthy' ? 'Accepted' : 'Not validated yet') };
        });
        return found.find((one) => one.status === 'Degraded') ?? found.find((one) => one.status !== 'Healthy') ?? found[0];
    }
};
/** Traffic: Gateway API, ingress controllers, meshes, certificates of load balancers, Knative. */
const NETWORK_RULES = [
    {
        // Conditions stand on the object (Accepted, Programmed) and on every listener. Accepted=False is a refusal.
        group: 'gateway.networking.k8s.io',
        kinds: ['Gateway', 'GatewayClass'],
        awaits: ['conditions'],
        judge: (object) => {
            const refused = (0,health_status/* conditionsIn */.AV)(valueAt(object, 'conditions')).find((one) => (one.type === 'Accepted' || one.type === 'ResolvedRefs') && one.status === 'False');
            return (refused && (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(refused))) ?? listenersHealth(object);
        }
    },
    {
        group: 'gateway.networking.k8s.io',
        kinds: ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'],
        awaits: ['parents'],
        judge: (object) => nestedVerdict(object, 'parents', 'parentRef')
    },
    {
        group: 'gateway.networking.k8s.io',
        kinds: ['BackendTLSPolicy', 'BackendLBPolicy', 'XBackendTrafficPolicy'],
        awaits: ['ancestors'],
        judge: (object) => nestedVerdict(object, 'ancestors', 'ancestorRef')
    },
    {
        // Policies are judged per gateway that they attach to; what policies refer to has no conditions.
        group: 'microgateway.airlock.com',
        judge: (object) => {
            const ancestors = (0,json/* asList */.DD)(valueAt(object, 'ancestors')) ?? [];
            if (ancestors.some((entry) => (0,health_status/* conditionsIn */.AV)((0,json.at)(entry, 'conditions')).length > 0))
                return undefined;
            return (0,json/* asString */.oJ)(object['kind'])?.endsWith('Policy')
                ? (0,health_status/* progressing */.OP)('No gateway has judged it yet')
                : (0,health_status/* healthy */.s2)('Accepted; no gateway reports on objects of this kind');
        }
    },
    { group: 'gateway.solo.io', ...gloo },
    { group: 'gloo.solo.io', ...gloo },
    { group: 'enterprise.gloo.solo.io', ...gloo },
    { group: 'graphql.gloo.solo.io', ...gloo },
    { group: 'ratelimit.solo.io', ...gloo },
    {
        group: 'projectcontour.io',
        awaits: ['?Valid', 'currentStatus'],
        verdict: ['Valid'],
        unmet: 'Degraded',
        word: {
            field: 'currentStatus',
            healthy: ['valid'],
            degraded: ['invalid', 'orphaned'],
            progressing: ['NotReconciled'],
            onlyBad: true
        }
    },
    {
        group: 'getambassador.io',
        kinds: ['Mapping', 'Host'],
        word: { field: 'state', healthy: ['Running', 'Ready', 'Inactive'], progressing: ['Pending'], degraded: ['Error'] }
    },
    {
        // Domain states of Google-managed certificates (cloud.google.com, managed-certs).
        group: 'networking.gke.io',
        kinds: ['ManagedCertificate'],
        awaits: ['certificateStatus', 'domainStatus'],
        judge: (object) => {
            const domains = (0,json/* asList */.DD)(valueAt(object, 'domainStatus')) ?? [];
            const failed = domains.filter((domain) => (0,health_status/* stringAt */.bX)(domain, 'status').startsWith('Failed'));
            if (failed.length > 0)
                return (0,health_status/* degraded */.$o)(failed.map((one) => `${(0,health_status/* stringAt */.bX)(one, 'domain')}: ${(0,health_status/* stringAt */.bX)(one, 'status')}`).join(', '));
            const state = (0,json/* asString */.oJ)(valueAt(object, 'certificateStatus')) ?? '';
            if (state === 'Active')
                return (0,health_status/* healthy */.s2)('The certificate is active');
            return state.endsWith('Failed') || state.startsWith('Failed')
                ? (0,health_status/* degraded */.$o)(`The certificate is ${state}`)
                : (0,health_status/* progressing */.OP)(`The certificate is ${state || 'not yet reported on'}`);
        }
    },
    {
        // Knative: Unknown is work under way, False has failed (knative.dev, "conditions"). Its operator is less strict.
        group: 'serving.knative.dev',
        awaits: ['?Ready'],
        verdict: ['Ready'],
        unmet: 'Degraded'
    },
    { group: 'eventing.knative.dev', awaits: ['?Ready'], verdict: ['Ready'], unmet: 'Degraded' },
    { group: 'messaging.knative.dev', awaits: ['?Ready'], verdict: ['Ready'], unmet: 'Degraded' },
    { group: 'sources.knative.dev', awaits: ['?Ready'], verdict: ['Ready'], unmet: 'Degraded' },
    { group: 'operator.knative.dev', awaits: ['?Ready'], verdict: ['Ready'], unmet: 'Progressing' },
    {
        group: 'install.istio.io',
        awaits: ['status', 'componentStatus'],
        word: {
            field: 'status',
            healthy: ['HEALTHY', '3'],
            progressing: ['NONE', 'UPDATING', 'RECONCILING', '0', '1', '5'],
            degraded: ['ERROR', 'ACTION_REQUIRED', '4', '6']
        }
    },
    { group: 'sailoperator.io', awaits: ['?Ready'], verdict: ['Ready'] },
    {
        group: 'externaldns.k8s.io',
        silent: ['DNSEndpoint']
    },
    {
        group: 'metallb.io',
        verdict: ['Ready']
    },
    {
        group: 'proclaim.dogmatiq.io',
        awaits: ['conditions'],
        judge: (object) => {
            const conditions = (0,health_status/* conditionsIn */.AV)(valueAt(object, 'conditions'));
            const unmet = conditions.find((one) => one.status === 'False');
            if (unmet)
                return (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(unmet));
            const seen = conditions.find((one) => one.type === 'Discoverable' && one.status === 'True');
            return seen ? (0,health_status/* healthy */.s2)((0,generic/* sentence */.em)(seen)) : (0,health_status/* progressing */.OP)('Its records have not been seen in DNS yet');
        }
    }
];
/** Conditions of a route per parent; Reconciled is what several implementations add to those of the API. */
const ROUTE_CONDITIONS = ['Accepted', 'ResolvedRefs', 'Programmed', 'Reconciled'];
function listenersHealth(object) {
    for (const listener of (0,json/* asList */.DD)((0,json.at)(object, 'status', 'listeners')) ?? []) {
        const unmet = (0,health_status/* conditionsIn */.AV)((0,json.at)(listener, 'conditions')).find((one) => ['Accepted', 'ResolvedRefs', 'Programmed'].includes(one.type) && one.status === 'False');
        if (!unmet)
            continue;
        // Pending is the only reason of the API that is no refusal (GEP-1364).
        const isRefusal = unmet.type !== 'Programmed' && unmet.reason !== 'Pending';
        const health = isRefusal ? (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(unmet)) : (0,generic/* judged */.g$)(unmet);
        return { ...health, message: `Listener ${(0,health_status/* stringAt */.bX)(listener, 'name')}: ${health.message}` };
    }
    return undefined;
}
/**
 * Every parent must accept the route and resolve its references; one that refuses it is a failure, not a wait. What a
 * parent said of an older generation counts no more: another parent may have judged this one already.
 */
function nestedVerdict(object, field, reference) {
    let result;
    const entries = (0,json/* asList */.DD)(valueAt(object, field)) ?? [];
    const current = entries.filter((entry) => !(0,generic/* isOutdated */.lY)(object, entry));
    if (entries.length > 0 && current.length === 0)
        return (0,health_status/* progressing */.OP)('No parent has judged the latest change yet');
    for (const entry of current) {
        const name = (0,health_status/* stringAt */.bX)((0,json.at)(entry, reference), 'name');
        const conditions = (0,health_status/* conditionsIn */.AV)((0,json.at)(entry, 'conditions'));
        if (conditions.length === 0)
            result = (0,health_status/* progressing */.OP)(`${name} has not judged it yet`);
        for (const condition of conditions) {
            if (!ROUTE_CONDITIONS.includes(condition.type) || condition.status === 'True')
                continue;
            const health = (0,generic/* judged */.g$)(condition);
            const message = `${name}: ${health.message}`;
            if (condition.status === 'False' && condition.type !== 'Programmed')
                return (0,health_status/* degraded */.$o)(message);
            if (health.status === 'Degraded')
                return (0,health_status/* degraded */.$o)(message);
            result = (0,health_status/* progressing */.OP)(message);
        }
    }
    return result ?? (current.length > 0 ? (0,health_status/* healthy */.s2)('Every parent has accepted it') : undefined);
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/custom/operators/security.js



/** Certificates, secrets, policies. */
const SECURITY_RULES = [
    {
        // While a certificate is being issued, Ready is False with the reason of the old one (cert-manager.io/docs/usage).
        group: 'cert-manager.io',
        kinds: ['Certificate'],
        awaits: ['?Ready', '?Issuing'],
        verdict: ['Ready'],
        unmet: 'Degraded',
        judge: (object) => {
            const issuing = (0,health_status/* conditionOf */.rI)(object, 'Issuing');
            return issuing?.status === 'True' ? (0,health_status/* progressing */.OP)(issuing.message || 'The certificate is being issued') : undefined;
        }
    },
    {
        group: 'cert-manager.io',
        kinds: ['CertificateRequest'],
        awaits: ['conditions'],
        verdict: ['Ready'],
        working: ['Pending'],
        failing: ['Failed', 'Denied'],
        alarms: ['Denied', 'InvalidRequest']
    },
    { group: 'cert-manager.io', awaits: ['?Ready'], verdict: ['Ready'], unmet: 'Degraded', working: ['Initializing'] },
    {
        group: 'certmanager.k8s.io',
        awaits: ['?Ready'],
        verdict: ['Ready'],
        unmet: 'Degraded',
        working: ['InProgress', 'TemporaryCertificate', 'Issuing'],
        judge: (object) => object['kind'] === 'Certificate' && (0,health_status/* conditionOf */.rI)(object, 'Ready')?.reason === 'DoesNotExist'
            ? (0,health_status/* progressing */.OP)('The certificate is being issued')
            : undefined
    },
    {
        // States of the ACME protocol (RFC 8555 §7.1.6): `ready` is an order that waits to be finalized.
        group: 'acme.cert-manager.io',
        awaits: ['state', 'processing', 'presented'],
        word: {
            field: 'state',
            healthy: ['valid'],
            progressing: ['pending', 'processing', 'ready', 'unknown'],
            degraded: ['invalid', 'expired', 'errored'],
            other: 'Progressing'
        }
    },
    {
        group: 'trust.cert-manager.io',
        awaits: ['?Synced'],
        verdict: ['Synced'],
        unmet: 'Degraded'
    },
    {
        group: 'external-secrets.io',
        awaits: ['?Ready', '?PartiallyReady', '?NotReady'],
        alarms: ['NotReady', 'PartiallyReady'],
        verdict: ['Ready'],
        unmet: 'Degraded'
    },
    {
        group: 'bitnami.com',
        kinds: ['SealedSecret'],
        awaits: ['?Synced'],
        verdict: ['Synced'],
        unmet: 'Degraded'
    },
    {
        group: 'secrets.hashicorp.com',
        awaits: ['*'],
        verdict: ['Ready', 'Healthy'],
        unmet: 'Degraded',
        judge: (object) => {
            const valid = valueAt(object, 'valid');
            return valid === false ? (0,health_status/* degraded */.$o)((0,json/* asString */.oJ)(valueAt(object, 'error')) || 'It reports itself not valid') : undefined;
        }
    },
    { group: 'onepassword.com', awaits: ['?Ready'], verdict: ['Ready'], unmet: 'Degraded' },
    {
        // Compliance of policies (open-cluster-management.io): an evaluation of an older generation says nothing.
        group: 'policy.open-cluster-management.io',
        silent: ['PolicySet', 'PolicyAutomation', 'PlacementBinding'],
        disabledBy: 'disabled',
        awaits: ['compliant', 'placement', 'status'],
        judge: (object) => {
            const generation = (0,json.at)(object, 'metadata', 'generation');
            const evaluated = valueAt(object, 'lastEvaluatedGeneration');
            if (typeof generation === 'number' && typeof evaluated === 'number' && evaluated < generation)
                return (0,health_status/* progressing */.OP)('The policy has not been evaluated since its latest change');
            const details = ((0,json/* asList */.DD)(valueAt(object, 'details')) ?? (0,json/* asList */.DD)(valueAt(object, 'status')) ?? []).filter((entry) => (0,json.at)(entry, 'compliant') === 'NonCompliant');
            const names = details
                .map((entry) => (0,json/* asString */.oJ)((0,json.at)(entry, 'templateMeta', 'name')) ?? (0,json/* asString */.oJ)((0,json.at)(entry, 'clustername')))
                .filter((name) => name !== undefined);
            switch (valueAt(object, 'compliant')) {
                case 'Compliant':
                    return (0,health_status/* healthy */.s2)('Compliant');
                case 'NonCompliant':
                    return (0,health_status/* degraded */.$o)(`Not compliant${names.length > 0 ? `: ${names.join(', ')}` : ''}`);
                default:
                    // A root policy whose placement selects no cluster has nobody to report on it.
                    return valueAt(object, 'placement') !== undefined && (0,json/* asList */.DD)(valueAt(object, 'status')) === undefined
                        ? (0,health_status/* healthy */.s2)('No cluster is selected by its placement')
                        : (0,health_status/* progressing */.OP)('Its compliance has not been reported yet');
            }
        }
    },
    {
        // `status.ready` is the form of before Kyverno 1.8.
        group: 'kyverno.io',
        kinds: ['ClusterPolicy', 'Policy'],
        awaits: ['?Ready', 'ready'],
        verdict: ['Ready']
    },
    {
        group: 'iammanager.keikoproj.io',
        awaits: ['state'],
        word: {
            field: 'state',
            healthy: ['Ready'],
            progressing: ['CreateInProgress', 'UpdateInProgress', 'DeleteInProgress'],
            degraded: [
                'Error',
                'PolicyNotAllowed',
                'RolesMaxLimitReached',
                'RoleNameNotAvailable',
                'ServiceAccountAlreadyExists'
            ],
            other: 'Progressing'
        }
    },
    {
        group: 'k8s.keycloak.org',
        awaits: ['conditions'],
        alarms: ['HasErrors'],
        verdict: ['Ready', 'Done'],
        unmet: 'Progressing'
    },
    {
        group: 'addons.projectcapsule.dev',
        awaits: ['?Ready', 'condition'],
        verdict: ['Ready'],
        unmet: 'Degraded'
    }
];

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/custom/operators/workloads.js



/** What runs pods or virtual machines, and what scales it. */
const WORKLOAD_RULES = [
    { group: 'apps.kruise.io', kinds: ['CloneSet', 'StatefulSet'], awaits: ['*'], judge: replicatedHealth },
    { group: 'apps.kruise.io', kinds: ['DaemonSet', 'SidecarSet'], awaits: ['*'], judge: daemonHealth },
    {
        group: 'apps.kruise.io',
        kinds: ['BroadcastJob'],
        awaits: ['phase', 'desired', 'conditions'],
        judge: (object) => {
            if ((0,json.at)(object, 'spec', 'paused') === true)
                return (0,health_status/* suspended */.IU)('The job is paused');
            const failed = (0,health_status/* conditionOf */.rI)(object, 'Failed');
            if (failed?.status === 'True')
                return (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(failed));
            const done = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'succeeded');
            const desired = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'desired');
            const stuck = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'failed');
            if (desired > 0 && done === desired && stuck === 0)
                return (0,health_status/* healthy */.s2)('Completed on every node');
            return stuck > 0 && (0,health_status/* integerAt */.OW)(object, 0, 'status', 'active') === 0
                ? (0,health_status/* degraded */.$o)(`${(0,health_status/* count */.U9)(stuck, 'pod')} failed`)
                : (0,health_status/* progressing */.OP)(`Completed on ${(0,health_status/* share */.uM)(done, desired, 'node')}`);
        }
    },
    {
        group: 'apps.kruise.io',
        kinds: ['AdvancedCronJob'],
        awaits: ['*'],
        judge: (object) => (0,json.at)(object, 'spec', 'paused') === true
            ? (0,health_status/* suspended */.IU)('No runs are started')
            : (0,health_status/* stringAt */.bX)(object, 'status', 'lastScheduleTime') === ''
                ? (0,health_status/* progressing */.OP)('It has not run yet')
                : (0,health_status/* healthy */.s2)('It has run')
    },
    {
        group: 'rollouts.kruise.io',
        kinds: ['Rollout'],
        awaits: ['phase', 'canaryStatus'],
        judge: (object) => {
            const work = (0,health_status/* conditionOf */.rI)(object, 'Progressing');
            const phase = (0,health_status/* stringAt */.bX)(object, 'status', 'phase');
            if ((0,json.at)(object, 'spec', 'disabled') === true)
                return (0,health_status/* healthy */.s2)('Disabled, as declared');
            if (phase === 'Disabled')
                return (0,health_status/* degraded */.$o)('It is disabled, which its declaration does not say');
            const step = (0,health_status/* stringAt */.bX)(object, 'status', 'canaryStatus', 'currentStepState');
            if (work?.reason === 'Completed' || work?.reason === 'Cancelling')
                return (0,health_status/* healthy */.s2)((0,generic/* sentence */.em)(work));
            if (step === 'StepPaused' || work?.reason === 'Paused')
                return (0,health_status/* suspended */.IU)('The rollout waits at a step');
            return phase === 'Healthy' ? (0,health_status/* healthy */.s2)('The rollout is complete') : (0,health_status/* progressing */.OP)(`The rollout is ${phase}`);
        }
    },
    {
        group: 'game.kruise.io',
        kinds: ['GameServer'],
        awaits: ['currentState', 'podStatus'],
        judge: (object) => {
            const unmet = (0,health_status/* conditionsIn */.AV)((0,json.at)(object, 'status', 'podStatus', 'conditions')).find((one) => one.status === 'False');
            const state = (0,health_status/* stringAt */.bX)(object, 'status', 'currentState');
            const wanted = (0,health_status/* stringAt */.bX)(object, 'status', 'desiredState');
            if (['Crash', 'NetworkNotReady', 'Unknown'].includes(state))
                return (0,health_status/* degraded */.$o)(`The game server is ${state}`);
            if (wanted !== '' && state !== wanted)
                return (0,health_status/* progressing */.OP)(`The game server is ${state}, not yet ${wanted}`);
            if (unmet)
                return (0,health_status/* degraded */.$o)(`The pod is not ready: ${unmet.type} is False`);
            return state === 'Ready' ? (0,health_status/* healthy */.s2)('The game server is ready') : undefined;
        }
    },
    { group: 'game.kruise.io', kinds: ['GameServerSet'], awaits: ['*'], judge: replicatedHealth },
    {
        // Progressing is True while a deployment runs and when it is done; the reason tells which.
        group: 'apps.openshift.io',
        kinds: ['DeploymentConfig'],
        awaits: ['observedGeneration', 'conditions'],
        judge: (object) => {
            const rollout = (0,health_status/* conditionOf */.rI)(object, 'Progressing');
            if (rollout?.status === 'False')
                return (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(rollout));
            const isDone = rollout?.reason === 'NewReplicationControllerAvailable';
            if (rollout?.status === 'Unknown' || (rollout && !isDone && rollout.reason !== ''))
                return (0,health_status/* progressing */.OP)((0,generic/* sentence */.em)(rollout));
            const available = (0,health_status/* conditionOf */.rI)(object, 'Available');
            const declared = (0,health_status/* integerAt */.OW)(object, 1, 'spec', 'replicas');
            const ready = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'availableReplicas');
            if (declared === 0)
                return (0,health_status/* healthy */.s2)('Scaled to zero, as declared');
            if (available?.status === 'False')
                return (0,health_status/* progressing */.OP)((0,generic/* sentence */.em)(available));
            return ready < declared ? (0,health_status/* progressing */.OP)(`${(0,health_status/* share */.uM)(ready, declared, 'pod')} available`) : undefined;
        }
    },
    {
        group: 'keda.sh',
        kinds: ['ScaledObject', 'ScaledJob'],
        awaits: ['?Ready'],
        // Fallback is what KEDA does when its triggers cannot be read.
        alarms: ['Fallback'],
        judge: (object) => {
            const ready = (0,health_status/* conditionOf */.rI)(object, 'Ready');
            const paused = (0,health_status/* conditionOf */.rI)(object, 'Paused');
            return ready?.status === 'True' && paused?.status === 'True' ? (0,health_status/* suspended */.IU)((0,generic/* sentence */.em)(paused)) : undefined;
        },
        verdict: ['Ready'],
        unmet: 'Degraded',
        failing: ['PartialTriggerError', 'TriggerError']
    },
    {
        group: 'kubevirt.io',
        kinds: ['VirtualMachine'],
        awaits: ['conditions', 'printableStatus'],
        pauses: ['Paused'],
        judge: (object) => {
            const failure = (0,health_status/* conditionOf */.rI)(object, 'Failure');
            if (failure?.status === 'True')
                return (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(failure));
            const state = (0,health_status/* stringAt */.bX)(object, 'status', 'printableStatus');
            if (/CrashLoopBackOff|Err|Unschedulable|Pvc(NotFound|Error)|DataVolumeError/.test(state))
                return (0,health_status/* degraded */.$o)(`The virtual machine is ${state}`);
            const ready = (0,health_status/* conditionOf */.rI)(object, 'Ready');
            if (ready?.status === 'True')
                return (0,health_status/* healthy */.s2)('The virtual machine is running');
            const isOff = (0,json.at)(object, 'spec', 'running') === false || (0,health_status/* stringAt */.bX)(object, 'spec', 'runStrategy') === 'Halted';
            if (isOff || state === 'Stopped' || (ready && (0,json.at)(object, 'status', 'created') !== true))
                return (0,health_status/* suspended */.IU)('The virtual machine is stopped');
            return (0,health_status/* progressing */.OP)(`The virtual machine is ${state || 'starting'}`);
        }
    },
    {
        group: 'kubevirt.io',
        kinds: ['VirtualMachineInstance'],
        awaits: ['conditions', 'phase'],
        pauses: ['Paused'],
        judge: (object) => {
            const phase = (0,health_status/* stringAt */.bX)(object, 'status', 'phase');
            const ready = (0,health_status/* conditionOf */.rI)(object, 'Ready');
            if (phase === 'Failed')
                return (0,health_status/* degraded */.$o)('The virtual machine failed');
            if (phase === 'Succeeded')
                return (0,health_status/* healthy */.s2)('The virtual machine has ended');
            return ready?.status === 'True'
                ? (0,health_status/* healthy */.s2)('Running')
                : (0,health_status/* progressing */.OP)(`The virtual machine is ${phase || 'starting'}`);
        }
    },
    {
        group: 'cdi.kubevirt.io',
        kinds: ['DataVolume'],
        awaits: ['phase', 'conditions'],
        judge: (object) => {
            const running = (0,health_status/* conditionOf */.rI)(object, 'Running');
            return running?.status === 'False' && running.reason === 'Error' ? (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(running)) : undefined;
        },
        word: {
            field: 'phase',
            healthy: ['Succeeded', 'WaitForFirstConsumer', 'PendingPopulation'],
            degraded: ['Failed', 'Unknown'],
            suspended: ['Paused'],
            other: 'Progressing'
        }
    },
    {
        group: 'core.spinkube.dev',
        kinds: ['SpinApp'],
        awaits: ['conditions'],
        judge: (object) => {
            const rollout = (0,health_status/* conditionOf */.rI)(object, 'Progressing');
            if (rollout?.status === 'False')
                return (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(rollout));
            const available = (0,health_status/* conditionOf */.rI)(object, 'Available');
            if (available?.status === 'False')
                return (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(available));
            const declared = (0,health_status/* asInteger */.JU)((0,json.at)(object, 'spec', 'replicas'));
            const ready = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'readyReplicas');
            return declared !== undefined && ready < declared
                ? (0,health_status/* progressing */.OP)(`${(0,health_status/* share */.uM)(ready, declared, 'pod')} ready`)
                : undefined;
        }
    },
    {
        // Spot Ocean's Argo Rollouts: phase is the verdict, an invalid specification the exception.
        group: 'spot.io',
        kinds: ['SpotDeployment'],
        judge: (object) => {
            const invalid = (0,health_status/* conditionOf */.rI)(object, 'InvalidSpec');
            return invalid && invalid.status !== 'False' ? (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(invalid)) : undefined;
        },
        word: {
            field: 'phase',
            healthy: ['Healthy'],
            progressing: ['Progressing'],
            degraded: ['Degraded'],
            suspended: ['Paused']
        }
    },
    { group: 'leaderworkerset.x-k8s.io', awaits: ['conditions'], verdict: ['Available'], unmet: 'Progressing' },
    {
        group: 'jobset.x-k8s.io',
        kinds: ['JobSet'],
        alarms: ['Failed'],
        judge: (object) => {
            const suspension = (0,health_status/* conditionOf */.rI)(object, 'Suspended');
            if (suspension?.status === 'True')
                return (0,health_status/* suspended */.IU)((0,generic/* sentence */.em)(suspension));
            const ended = (0,health_status/* conditionsOf */.yb)(object).find((one) => ['Completed', 'Failed'].includes(one.type) && one.status === 'True');
            return ended ? undefined : (0,health_status/* progressing */.OP)('Its jobs are running');
        },
        verdict: ['Completed']
    },
    {
        group: 'kubeflow.org',
        alarms: ['Failed'],
        judge: (object) => {
            const replicas = (0,json/* asList */.DD)((0,json.at)(object, 'status', 'conditions'));
            if (!(0,json/* asString */.oJ)(object['kind'])?.endsWith('Job') || replicas === undefined)
                return undefined;
            const ended = (0,health_status/* conditionsOf */.yb)(object).find((one) => ['Succeeded', 'Failed'].includes(one.type) && one.status === 'True');
            return ended ? undefined : (0,health_status/* progressing */.OP)('The job is running');
        },
        verdict: ['Succeeded']
    }
];
/** OpenKruise's CloneSet and StatefulSet, GameServerSet: Kubernetes' own counts, plus a pause and a partition. */
function replicatedHealth(object) {
    const strategy = (0,json.at)(object, 'spec', 'updateStrategy');
    if ((0,json.at)(strategy, 'paused') === true || (0,json.at)(strategy, 'rollingUpdate', 'paused') === true)
        return (0,health_status/* suspended */.IU)('The update is paused');
    const refused = (0,health_status/* conditionsOf */.yb)(object).find((one) => /^Failed(Scale|Update|CreatePod)/.test(one.type) && one.status === 'True');
    if (refused)
        return (0,health_status/* degraded */.$o)((0,generic/* sentence */.em)(refused));
    const declared = (0,health_status/* asInteger */.JU)((0,json.at)(object, 'spec', 'replicas')) ?? (0,health_status/* integerAt */.OW)(object, 0, 'status', 'replicas');
    const ready = (0,health_status/* asInteger */.JU)((0,json.at)(object, 'status', 'updatedAvailableReplicas')) ??
        (0,health_status/* asInteger */.JU)((0,json.at)(object, 'status', 'updatedReadyReplicas')) ??
        (0,health_status/* integerAt */.OW)(object, 0, 'status', 'readyReplicas');
    const partition = (0,json.at)(strategy, 'partition') ?? (0,json.at)(strategy, 'rollingUpdate', 'partition');
    const held = (0,health_status/* asInteger */.JU)(partition) ?? (/^[1-9]\d*%$/.test((0,json/* asString */.oJ)(partition) ?? '') ? declared : 0);
    const updated = (0,health_status/* asInteger */.JU)((0,json.at)(object, 'status', 'updatedReplicas')) ?? ready;
    if (held > 0 && updated >= declared - held && updated < declared)
        return (0,health_status/* suspended */.IU)(`The update is held at ${(0,health_status/* share */.uM)(updated, declared, 'replica')} by its partition`);
    return ready < Math.max(0, declared - held)
        ? (0,health_status/* progressing */.OP)(`${(0,health_status/* share */.uM)(ready, declared, 'replica')} updated and ready`)
        : (0,health_status/* healthy */.s2)(`${(0,health_status/* every */.Si)(declared, 'replica')} updated and ready`);
}
/** OpenKruise's DaemonSet and SidecarSet. */
function daemonHealth(object) {
    if ((0,json.at)(object, 'spec', 'updateStrategy', 'rollingUpdate', 'paused') === true)
        return (0,health_status/* suspended */.IU)('The update is paused');
    if ((0,json.at)(object, 'spec', 'updateStrategy', 'paused') === true)
        return (0,health_status/* suspended */.IU)('The update is paused');
    const desired = (0,health_status/* asInteger */.JU)((0,json.at)(object, 'status', 'desiredNumberScheduled')) ?? (0,health_status/* integerAt */.OW)(object, 0, 'status', 'matchedPods');
    const updated = (0,health_status/* asInteger */.JU)((0,json.at)(object, 'status', 'updatedNumberScheduled')) ?? (0,health_status/* integerAt */.OW)(object, 0, 'status', 'updatedPods');
    const ready = (0,health_status/* asInteger */.JU)((0,json.at)(object, 'status', 'numberAvailable')) ?? (0,health_status/* integerAt */.OW)(object, 0, 'status', 'readyPods');
    return Math.min(updated, ready) < desired
        ? (0,health_status/* progressing */.OP)(`${(0,health_status/* share */.uM)(Math.min(updated, ready), desired, 'pod')} updated and available`)
        : (0,health_status/* healthy */.s2)(`${(0,health_status/* every */.Si)(desired, 'pod')} updated and available`);
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/custom/operators/index.js











const operators_RULES = [
    ...WORKLOAD_RULES,
    ...ARGO_RULES,
    ...DELIVERY_RULES,
    ...CLOUD_RULES,
    ...CLUSTER_RULES,
    ...DATABASE_RULES,
    ...DATA_RULES,
    ...NETWORK_RULES,
    ...SECURITY_RULES
];
/** Rules by exact group, and those for a whole family of groups. */
const BY_GROUP = Map.groupBy(operators_RULES, (rule) => rule.group);
const FAMILIES = operators_RULES.filter((rule) => rule.group.startsWith('*.'));
/** The health of a custom resource by what we know of its operator; undefined where we know nothing, or too little. */
function operatorHealth(object) {
    const group = (0,render_manifest/* groupOf */.F8)(object);
    const rules = BY_GROUP.get(group) ?? FAMILIES.filter((rule) => group.endsWith(rule.group.slice(1)));
    const rule = rules.find((one) => one.kinds?.includes(object.kind)) ?? rules.find((one) => one.kinds === undefined);
    return rule && applyRule(rule, object);
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/kstatus/result.js
function current(message) {
    return { status: 'Current', message, conditions: [] };
}
function inProgress(reason, message) {
    return { status: 'InProgress', message, conditions: [{ type: 'Reconciling', status: 'True', reason, message }] };
}
function failed(reason, message) {
    return { status: 'Failed', message, conditions: [{ type: 'Stalled', status: 'True', reason, message }] };
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/kstatus/kinds.js



/** How long a pod may be unscheduled before kstatus calls it unschedulable. */
const SCHEDULE_WINDOW_MS = 15_000;
/** What `progressDeadlineSeconds` is when it is not set: the controller then keeps no Progressing condition. */
const NO_DEADLINE = 2 ** 31 - 1;
/** By `group/Kind`, the core group without a slash. */
const KSTATUS_RULES = {
    Service: serviceStatus,
    Pod: podStatus,
    Secret: alwaysCurrent,
    ConfigMap: alwaysCurrent,
    'batch/CronJob': alwaysCurrent,
    PersistentVolumeClaim: claimStatus,
    'apps/StatefulSet': statefulSetStatus,
    'apps/DaemonSet': daemonSetStatus,
    'extensions/DaemonSet': daemonSetStatus,
    'apps/Deployment': deploymentStatus,
    'extensions/Deployment': deploymentStatus,
    'apps/ReplicaSet': replicaSetStatus,
    'extensions/ReplicaSet': replicaSetStatus,
    'policy/PodDisruptionBudget': () => current('AllowedDisruptions has been computed.'),
    'batch/Job': jobStatus,
    'apiextensions.k8s.io/CustomResourceDefinition': definitionStatus
};
function alwaysCurrent() {
    return current('Resource is always ready');
}
function statefulSetStatus(object) {
    if ((0,health_status/* stringAt */.bX)(object, 'spec', 'updateStrategy', 'type') === 'OnDelete')
        return current('StatefulSet is using the ondelete update strategy');
    const declared = (0,health_status/* integerAt */.OW)(object, 1, 'spec', 'replicas');
    const replicas = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'replicas');
    const ready = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'readyReplicas');
    const updated = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'updatedReplicas');
    const old = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'currentReplicas');
    const partition = (0,health_status/* asInteger */.JU)((0,json.at)(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition'));
    if (declared > replicas)
        return inProgress('LessReplicas', `Replicas: ${replicas}/${declared}`);
    if (declared > ready)
        return inProgress('LessReady', `Ready: ${ready}/${declared}`);
    if (replicas > declared)
        return inProgress('ExtraPods', `Pending termination: ${replicas - declared}`);
    if (partition !== undefined && partition !== -1)
        return updated < declared - partition
            ? inProgress('PartitionRollout', `updated: ${updated}/${declared - partition}`)
            : current(`Partition rollout complete. updated: ${updated}`);
    if (declared > old)
        return inProgress('LessCurrent', `current: ${old}/${declared}`);
    if ((0,health_status/* stringAt */.bX)(object, 'status', 'currentRevision') !== (0,health_status/* stringAt */.bX)(object, 'status', 'updateRevision'))
        return inProgress('RevisionMismatch', 'Waiting for updated revision to match current');
    return current(`All replicas scheduled as expected. Replicas: ${replicas}`);
}
function deploymentStatus(object) {
    let isProgressing = (0,health_status/* integerAt */.OW)(object, NO_DEADLINE, 'spec', 'progressDeadlineSeconds') === NO_DEADLINE;
    let isAvailable = false;
    for (const condition of (0,health_status/* conditionsOf */.yb)(object)) {
        if (condition.type === 'Progressing' && condition.reason === 'ProgressDeadlineExceeded')
            return {
                status: 'Failed',
                message: 'Progress deadline exceeded',
                conditions: [{ type: 'Stalled', status: 'True', reason: condition.reason, message: condition.message }]
            };
        if (condition.status !== 'True')
            continue;
        if (condition.type === 'Progressing' && condition.reason === 'NewReplicaSetAvailable')
            isProgressing = true;
        if (condition.type === 'Available')
            isAvailable = true;
    }
    const declared = (0,health_status/* integerAt */.OW)(object, 1, 'spec', 'replicas');
    const replicas = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'replicas');
    const updated = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'updatedReplicas');
    const ready = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'readyReplicas');
    const available = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'availableReplicas');
    if (declared > replicas)
        return inProgress('LessReplicas', `Replicas: ${replicas}/${declared}`);
    if (declared > updated)
        return inProgress('LessUpdated', `Updated: ${updated}/${declared}`);
    if (replicas > declared)
        return inProgress('ExtraPods', `Pending termination: ${replicas - declared}`);
    if (updated > available)
        return inProgress('LessAvailable', `Available: ${available}/${updated}`);
    if (declared > ready)
        return inProgress('LessReady', `Ready: ${ready}/${declared}`);
    if (!isProgressing)
        return inProgress('ReplicaSetNotAvailable', 'ReplicaSet not Available');
    if (!isAvailable)
        return inProgress('DeploymentNotAvailable', 'Deployment not Available');
    return current(`Deployment is available. Replicas: ${replicas}`);
}
function replicaSetStatus(object) {
    if ((0,health_status/* conditionsOf */.yb)(object).some((one) => one.type === 'ReplicaFailure' && one.status === 'True'))
        return inProgress('ReplicaFailure', 'Replica Failure condition. Check Pods');
    const declared = (0,health_status/* integerAt */.OW)(object, 1, 'spec', 'replicas');
    const replicas = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'replicas');
    const ready = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'readyReplicas');
    const available = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'availableReplicas');
    const labelled = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'fullyLabeledReplicas');
    if (declared > labelled)
        return inProgress('LessLabelled', `Labelled: ${labelled}/${declared}`);
    if (declared > available)
        return inProgress('LessAvailable', `Available: ${available}/${declared}`);
    if (declared > ready)
        return inProgress('LessReady', `Ready: ${ready}/${declared}`);
    if (replicas > declared)
        return inProgress('ExtraPods', `Pending termination: ${replicas - declared}`);
    return current(`ReplicaSet is available. Replicas: ${replicas}`);
}
/** The daemon set controller always sets the generation fields: without them it has not acted yet. */
function daemonSetStatus(object) {
    if ((0,health_status/* asInteger */.JU)((0,json.at)(object, 'metadata', 'generation')) === undefined)
        return inProgress('NoGeneration', 'DaemonSet metadata.generation not found');
    if ((0,health_status/* asInteger */.JU)((0,json.at)(object, 'status', 'observedGeneration')) === undefined)
        return inProgress('NoObservedGeneration', 'DaemonSet status.observedGeneration not found');
    const desired = (0,health_status/* asInteger */.JU)((0,json.at)(object, 'status', 'desiredNumberScheduled'));
    const scheduled = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'currentNumberScheduled');
    const updated = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'updatedNumberScheduled');
    const available = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'numberAvailable');
    const ready = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'numberReady');
    if (desired === undefined || desired === -1)
        return inProgress('NoDesiredNumber', 'Missing .status.desiredNumberScheduled');
    if (desired > scheduled)
        return inProgress('LessCurrent', `Current: ${scheduled}/${desired}`);
    if (desired > updated)
        return inProgress('LessUpdated', `Updated: ${updated}/${desired}`);
    if (desired > available)
        return inProgress('LessAvailable', `Available: ${available}/${desired}`);
    if (desired > ready)
        return inProgress('LessReady', `Ready: ${ready}/${desired}`);
    return current(`All replicas scheduled as expected. Replicas: ${desired}`);
}
function claimStatus(object) {
    const phase = (0,json/* asString */.oJ)((0,json.at)(object, 'status', 'phase')) ?? 'unknown';
    return phase === 'Bound' ? current('PVC is Bound') : inProgress('NotBound', `PVC is not Bound. phase: ${phase}`);
}
function podStatus(object, now) {
    const conditions = (0,health_status/* conditionsOf */.yb)(object);
    const phase = (0,health_status/* stringAt */.bX)(object, 'status', 'phase');
    switch (phase) {
        case 'Succeeded':
            return current('Pod has completed successfully');
        case 'Failed':
            return current('Pod has completed, but not successfully');
        case 'Running': {
            if (conditions.some((one) => one.type === 'Ready' && one.status === 'True'))
                return current('Pod is Ready');
            const looping = crashLooping(object);
            return looping.length > 0
                ? failed('ContainerCrashLooping', `Containers in CrashLoop state: ${looping.join(',')}`)
                : inProgress('PodRunningNotReady', 'Pod is running but is not Ready');
        }
        case 'Pending': {
            const scheduled = conditions.find((one) => one.type === 'PodScheduled' && one.status === 'False');
            if (scheduled?.reason !== 'Unschedulable')
                return inProgress('PodPending', 'Pod is in the Pending phase');
            const created = Date.parse((0,health_status/* stringAt */.bX)(object, 'metadata', 'creationTimestamp'));
            return now.getTime() - SCHEDULE_WINDOW_MS < created
                ? inProgress('PodNotScheduled', 'Pod has not been scheduled')
                : failed('PodUnschedulable', 'Pod could not be scheduled');
        }
        case '':
            return inProgress('PodNotObserved', 'Pod phase not available');
        default:
            return { status: 'Unknown', message: `unknown phase ${phase}`, conditions: [] };
    }
}
function crashLooping(object) {
    return ((0,json/* asList */.DD)((0,json.at)(object, 'status', 'containerStatuses')) ?? [])
        .filter((container) => (0,json.at)(container, 'state', 'waiting', 'reason') === 'CrashLoopBackOff')
        .map((container) => (0,health_status/* stringAt */.bX)(container, 'name'));
}
/** A running Job is Current here; our own rule waits until it is complete. */
function jobStatus(object) {
    const completions = (0,health_status/* integerAt */.OW)(object, (0,health_status/* integerAt */.OW)(object, 1, 'spec', 'parallelism'), 'spec', 'completions');
    const succeeded = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'succeeded');
    const active = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'active');
    const failures = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'failed');
    for (const condition of (0,health_status/* conditionsOf */.yb)(object)) {
        if (condition.status !== 'True')
            continue;
        if (condition.type === 'Complete')
            return current(`Job Completed. succeeded: ${succeeded}/${completions}`);
        if (condition.type === 'Failed')
            return failed('JobFailed', `Job Failed. failed: ${failures}/${completions}`);
        if (condition.type === 'Suspended')
            return current('Job is suspended');
    }
    if ((0,health_status/* stringAt */.bX)(object, 'status', 'startTime') === '')
        return inProgress('JobNotStarted', 'Job not started');
    return current(`Job in progress. success:${succeeded}, active: ${active}, failed: ${failures}`);
}
function serviceStatus(object) {
    return (0,health_status/* stringAt */.bX)(object, 'spec', 'type') === 'LoadBalancer' && (0,health_status/* stringAt */.bX)(object, 'spec', 'clusterIP') === ''
        ? inProgress('NoIPAssigned', 'ClusterIP not set. Service type: LoadBalancer')
        : current('Service is ready');
}
function definitionStatus(object) {
    for (const condition of (0,health_status/* conditionsOf */.yb)(object)) {
        if (condition.type === 'NamesAccepted' && condition.status === 'False')
            return failed(condition.reason, condition.message);
        if (condition.type !== 'Established')
            continue;
        if (condition.status === 'False' && condition.reason !== 'Installing')
            return failed(condition.reason, condition.message);
        if (condition.status === 'True')
            return current('CRD is established');
    }
    return inProgress('Installing', 'Install in progress');
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/kstatus/index.js





/**
 * The status of an object by the rules of kstatus, in its words, with the standard conditions that follow from it
 * (source: kubernetes-sigs/cli-utils, pkg/kstatus/status). A shape that kstatus refuses gives `Unknown`.
 */
function computeStatus(object, options = {}) {
    return (fromGenericProperties(object) ??
        KSTATUS_RULES[ruleKey(object)]?.(object, options.now ?? new Date()) ??
        fromReadyCondition(object) ??
        current('Resource is current'));
}
/**
 * The conditions of an object with the computed ones put in: an entry of the same type is updated, a missing one is
 * added. The object itself is not changed.
 */
function augmentConditions(object, options = {}) {
    const now = options.now ?? new Date();
    const time = now.toISOString().replace(/\.\d+Z$/, 'Z');
    const conditions = (asList(at(object, 'status', 'conditions')) ?? [])
        .map(asObject)
        .filter((entry) => entry !== undefined);
    for (const computed of computeStatus(object, { now }).conditions) {
        const fields = {
            type: computed.type,
            status: computed.status,
            reason: computed.reason,
            message: computed.message,
            lastUpdateTime: time
        };
        const index = conditions.findIndex((condition) => condition['type'] === computed.type);
        const known = conditions[index];
        if (known === undefined)
            conditions.push({ ...fields, lastTransitionTime: time });
        else
            conditions[index] = {
                ...known,
                ...fields,
                lastTransitionTime: known['status'] === computed.status ? (known['lastTransitionTime'] ?? time) : time
            };
    }
    return conditions;
}
function ruleKey(object) {
    const group = (0,render_manifest/* groupOf */.F8)(object);
    return group === '' ? object.kind : `${group}/${object.kind}`;
}
/** What holds for every kind: deletion, a generation not yet seen, and the conditions Reconciling and Stalled. */
function fromGenericProperties(object) {
    if ((0,json/* asString */.oJ)((0,json.at)(object, 'metadata', 'deletionTimestamp')))
        return { status: 'Terminating', message: 'Resource scheduled for deletion', conditions: [] };
    const generation = (0,json.at)(object, 'metadata', 'generation');
    const observed = (0,json.at)(object, 'status', 'observedGeneration');
    if (!isIntegerOrAbsent(generation) || (generation !== undefined && !isIntegerOrAbsent(observed)))
        return { status: 'Unknown', message: 'The generation is no integer', conditions: [] };
    if (generation !== undefined && observed !== undefined && (0,health_status/* asInteger */.JU)(generation) !== (0,health_status/* asInteger */.JU)(observed))
        return inProgress('LatestGenerationNotObserved', `${object.kind} generation is ${generation}, but latest observed generation is ${observed}`);
    for (const condition of (0,health_status/* conditionsOf */.yb)(object)) {
        if (condition.status !== 'True')
            continue;
        if (condition.type === 'Reconciling')
            return inProgress(condition.reason, condition.message);
        if (condition.type === 'Stalled')
            return failed(condition.reason, condition.message);
    }
    return undefined;
}
function fromReadyCondition(object) {
    const ready = (0,health_status/* conditionsOf */.yb)(object).find((condition) => condition.type === 'Ready' && ['True', 'False', 'Unknown'].includes(condition.status));
    if (ready === undefined)
        return undefined;
    return ready.status === 'True' ? current('Resource is Ready') : inProgress(ready.reason, ready.message);
}
function isIntegerOrAbsent(value) {
    return value === undefined || (0,health_status/* asInteger */.JU)(value) !== undefined;
}
/** A sentence for what kstatus computed: its own wording, which for many kinds is the message of a condition. */
function messageOfStatus(object, result) {
    return result.message || `${object.kind} ${(0,health_status/* stringAt */.bX)(object, 'metadata', 'name')} is ${result.status}`.trim();
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/rules/cluster.js


function definitionHealth(object) {
    const names = (0,health_status/* conditionOf */.rI)(object, 'NamesAccepted');
    if (names?.status === 'False')
        return (0,health_status/* degraded */.$o)(`Its names are not accepted: ${(0,health_status/* reasonOf */.A3)(names)}`);
    const established = (0,health_status/* conditionOf */.rI)(object, 'Established');
    const ending = (0,health_status/* conditionOf */.rI)(object, 'Terminating');
    if (ending?.status === 'True')
        return (0,health_status/* progressing */.OP)(`It is being deleted: ${(0,health_status/* reasonOf */.A3)(ending)}`);
    const rejected = (0,health_status/* conditionOf */.rI)(object, 'NonStructuralSchema');
    if (established?.status === 'True')
        return rejected?.status === 'True'
            ? (0,health_status/* degraded */.$o)(`Its schema is not structural: ${(0,health_status/* reasonOf */.A3)(rejected)}`)
            : (0,health_status/* healthy */.s2)('Established: custom resources of this kind can be applied');
    if (established?.status === 'False' && established.reason !== 'Installing')
        return (0,health_status/* degraded */.$o)(`Not established: ${(0,health_status/* reasonOf */.A3)(established)}`);
    return (0,health_status/* progressing */.OP)('Not established yet');
}
function claimHealth(object) {
    const phase = (0,health_status/* stringAt */.bX)(object, 'status', 'phase');
    if (phase === 'Bound')
        return (0,health_status/* healthy */.s2)(`Bound to volume ${(0,health_status/* stringAt */.bX)(object, 'spec', 'volumeName')}`.trim());
    if (phase === 'Lost')
        return (0,health_status/* degraded */.$o)('Its volume is lost');
    return (0,health_status/* progressing */.OP)('No volume is bound yet');
}
function volumeHealth(object) {
    const phase = (0,health_status/* stringAt */.bX)(object, 'status', 'phase');
    const message = (0,health_status/* clause */.sb)((0,health_status/* stringAt */.bX)(object, 'status', 'message'));
    if (phase === 'Failed')
        return (0,health_status/* degraded */.$o)(`Failed${message ? `: ${message}` : ''}`);
    return phase === 'Pending' ? (0,health_status/* progressing */.OP)('The volume is not available yet') : (0,health_status/* healthy */.s2)(phase || 'Accepted');
}
function namespaceHealth(object) {
    if ((0,health_status/* stringAt */.bX)(object, 'status', 'phase') !== 'Terminating')
        return (0,health_status/* healthy */.s2)('Active');
    const blocked = (0,health_status/* conditionsOf */.yb)(object).find((condition) => condition.status === 'True' && condition.message !== '');
    return (0,health_status/* progressing */.OP)(`It is being deleted${blocked ? `: ${(0,health_status/* reasonOf */.A3)(blocked)}` : ''}`);
}
/** A budget holds as soon as the disruption controller has counted the pods; how many may go is no matter of health. */
function budgetHealth(object) {
    const allowed = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'disruptionsAllowed');
    const failure = (0,health_status/* conditionOf */.rI)(object, 'DisruptionAllowed');
    if (failure?.reason === 'SyncFailed')
        return (0,health_status/* healthy */.s2)(`In force, but no disruption can be allowed: ${(0,health_status/* reasonOf */.A3)(failure)}`);
    return (0,health_status/* healthy */.s2)(`In force; ${allowed} disruptions are allowed now`);
}
function requestHealth(object) {
    const refused = (0,health_status/* conditionsOf */.yb)(object).find((condition) => (condition.type === 'Denied' || condition.type === 'Failed') && condition.status !== 'False');
    if (refused)
        return (0,health_status/* degraded */.$o)(`${refused.type}: ${(0,health_status/* reasonOf */.A3)(refused)}`);
    return (0,health_status/* healthy */.s2)((0,health_status/* stringAt */.bX)(object, 'status', 'certificate') === '' ? 'Waits for approval' : 'Issued');
}
/** Why an object that is being deleted is still there. */
function deletionHealth(object) {
    const finalizers = ((0,json/* asList */.DD)((0,json.at)(object, 'metadata', 'finalizers')) ?? []).filter((one) => typeof one === 'string');
    return (0,health_status/* progressing */.OP)(finalizers.length === 0
        ? 'It is being deleted'
        : `It is being deleted and waits for ${finalizers.length === 1 ? 'the finalizer' : 'the finalizers'} ${finalizers.join(', ')}`);
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/rules/jobs.js


/** A Job is healthy when it is complete: kstatus would call it current while it still runs. */
function jobHealth(object) {
    const succeeded = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'succeeded');
    const failures = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'failed');
    const active = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'active');
    const completions = (0,health_status/* asInteger */.JU)((0,json.at)(object, 'spec', 'completions'));
    const failure = (0,health_status/* conditionOf */.rI)(object, 'Failed');
    if (failure?.status === 'True')
        return (0,health_status/* degraded */.$o)(`Failed: ${(0,health_status/* reasonOf */.A3)(failure) || (0,health_status/* count */.U9)(failures, 'failed pod')}`);
    if ((0,health_status/* conditionOf */.rI)(object, 'Complete')?.status === 'True')
        return (0,health_status/* healthy */.s2)('Completed');
    const failing = (0,health_status/* conditionOf */.rI)(object, 'FailureTarget');
    if (failing?.status === 'True')
        return (0,health_status/* degraded */.$o)(`Failed: ${(0,health_status/* reasonOf */.A3)(failing)}`);
    // A resumed Job keeps the condition with status False: it runs again and is not done.
    if ((0,json.at)(object, 'spec', 'suspend') === true || (0,health_status/* conditionOf */.rI)(object, 'Suspended')?.status === 'True')
        return (0,health_status/* suspended */.IU)('Suspended: it does not run until spec.suspend is set to false');
    const limit = (0,health_status/* integerAt */.OW)(object, 6, 'spec', 'backoffLimit');
    if (failures > limit)
        return (0,health_status/* degraded */.$o)(`Failed: ${(0,health_status/* count */.U9)(failures, 'pod')} failed, more than the back-off limit of ${limit}`);
    if (completions !== undefined ? succeeded >= completions : succeeded > 0 && active === 0)
        return (0,health_status/* healthy */.s2)('Completed');
    if ((0,health_status/* stringAt */.bX)(object, 'status', 'startTime') === '' && active + succeeded + failures === 0)
        return (0,health_status/* progressing */.OP)('Not started yet');
    const parts = [
        `${succeeded}${completions === undefined ? '' : ` of ${completions}`} completed`,
        `${active} running`,
        ...(failures > 0 ? [`${failures} failed`] : [])
    ];
    return (0,health_status/* progressing */.OP)(`Running: ${parts.join(', ')}`);
}
/**
 * A CronJob works when its last run did. `lastSuccessfulTime` is when a run ended, `lastScheduleTime` when one was
 * due, so a run in between is either still active or failed.
 */
function cronJobHealth(object) {
    if ((0,json.at)(object, 'spec', 'suspend') === true)
        return (0,health_status/* suspended */.IU)('Suspended: no runs are started');
    const status = (0,json/* asObject */.eB)(object['status']);
    const active = (0,json.at)(status, 'active');
    const scheduled = (0,health_status/* stringAt */.bX)(status, 'lastScheduleTime');
    const success = (0,health_status/* stringAt */.bX)(status, 'lastSuccessfulTime');
    if (scheduled === '')
        return (0,health_status/* healthy */.s2)('Accepted; it has not run yet');
    if (Array.isArray(active) && active.length > 0)
        return (0,health_status/* healthy */.s2)('A run is under way');
    if (success !== '' && Date.parse(success) >= Date.parse(scheduled))
        return (0,health_status/* healthy */.s2)('The last run succeeded');
    return (0,health_status/* degraded */.$o)(`The run of ${scheduled} did not succeed`);
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/events.js


/** A subject for each object. */
function subjectsOf(objects) {
    return objects.map((object) => ({
        kind: object.kind,
        name: (0,health_status/* stringAt */.bX)(object, 'metadata', 'name'),
        uid: (0,health_status/* stringAt */.bX)(object, 'metadata', 'uid')
    }));
}
/**
 * The events about some objects of one namespace, oldest first. Events are a luxury: where they cannot be read there
 * are none. The events of cluster-scoped objects lie in `default`.
 */
async function eventsAbout(cluster, namespace, subjects, type = 'Warning') {
    const resource = await cluster.resourceFor('v1', 'Event').catch(() => undefined);
    if (!resource || subjects.length === 0)
        return [];
    const [only] = subjects;
    const selectors = [
        ...(type === 'Warning' ? ['type=Warning'] : []),
        ...(subjects.length === 1 && only ? [`involvedObject.kind=${only.kind}`, `involvedObject.name=${only.name}`] : [])
    ];
    try {
        const { items } = await cluster.list(resource, {
            namespace: namespace || 'default',
            ...(selectors.length > 0 ? { fieldSelector: selectors.join(',') } : {})
        });
        return items
            .map(readEvent)
            .filter((event) => subjects.some((subject) => isAbout(event, subject)))
            .sort((a, b) => a.last - b.last);
    }
    catch {
        return [];
    }
}
/** One line per different event, newest last: `Pod web-1: BackOff: Back-off restarting failed container (7 times)`. */
function eventLines(events, limit = 12) {
    const merged = new Map();
    for (const event of events) {
        const key = `${event.object.kind} ${event.reason} ${withoutNames(event)}`;
        const known = merged.get(key);
        merged.delete(key); // put last again: the order is that of the last occurrence
        const objects = (known?.objects ?? new Set()).add(event.object.name);
        merged.set(key, { ...event, count: event.count + (known?.count ?? 0), objects });
    }
    return [...merged.values()].slice(-limit).map(({ object, reason, message, count, objects }) => {
        const who = objects.size > 1 ? `${objects.size} ${object.kind}s` : `${object.kind} ${object.name}`;
        return `${who}: ${reason}: ${(0,health_status/* clause */.sb)(tidy(message))}${count > 1 ? ` (${count} times)` : ''}`;
    });
}
/** A message without what only machines read: UIDs, and the scheduler's word on preemption after its reason. */
function tidy(message) {
    return message
        .replaceAll(/\([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\)/g, '')
        .replace(/\. (no new claims to deallocate|preemption:).*$/, '');
}
/** A message without what differs between the pods of one workload. */
function withoutNames(event) {
    return event.message
        .replaceAll(event.object.name, '…')
        .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '…')
        .replaceAll(/[-\w]+-[a-z0-9]{5}\b/g, '…');
}
function isAbout(event, subject) {
    if (event.object.kind !== subject.kind || event.object.name !== subject.name)
        return false;
    return event.object.uid === '' || subject.uid === '' || event.object.uid === subject.uid;
}
function readEvent(event) {
    const about = (0,json/* asObject */.eB)(event['involvedObject']) ?? (0,json/* asObject */.eB)(event['regarding']);
    const times = [
        (0,health_status/* stringAt */.bX)(event, 'series', 'lastObservedTime'),
        (0,health_status/* stringAt */.bX)(event, 'lastTimestamp'),
        (0,health_status/* stringAt */.bX)(event, 'eventTime'),
        (0,health_status/* stringAt */.bX)(event, 'metadata', 'creationTimestamp')
    ];
    const last = times.map((time) => Date.parse(time)).find((time) => !Number.isNaN(time)) ?? 0;
    return {
        object: { kind: (0,health_status/* stringAt */.bX)(about, 'kind'), name: (0,health_status/* stringAt */.bX)(about, 'name'), uid: (0,health_status/* stringAt */.bX)(about, 'uid') },
        type: (0,health_status/* stringAt */.bX)(event, 'type'),
        reason: (0,health_status/* stringAt */.bX)(event, 'reason'),
        message: (0,health_status/* stringAt */.bX)(event, 'message') || (0,health_status/* stringAt */.bX)(event, 'note'),
        count: (0,json.at)(event, 'series') ? (0,health_status/* integerAt */.OW)(event, 1, 'series', 'count') : Math.max(1, (0,health_status/* integerAt */.OW)(event, 1, 'count')),
        last
    };
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/rules/pods.js



/** How long a pod may be unschedulable before that counts as a failure: autoscalers need a moment. */
const SCHEDULING_GRACE_MS = 30_000;
/** Waiting reasons that say that the image cannot be had. */
const IMAGE_PROBLEMS = new Set([
    'ImagePullBackOff',
    'ErrImagePull',
    'InvalidImageName',
    'ErrImageNeverPull',
    'ImageInspectError',
    'RegistryUnavailable'
]);
/** Waiting reasons that say that the container cannot be made: a missing ConfigMap or Secret, a bad command. */
const CREATE_PROBLEMS = new Set([
    'CreateContainerConfigError',
    'CreateContainerError',
    'RunContainerError',
    'PreCreateHookError',
    'PostStartHookError'
]);
/**
 * A pod that is to run is healthy when it is ready; one that is to end (restartPolicy Never or OnFailure) when it has
 * succeeded, unless it says with Argo CD's annotation that it is a service after all.
 */
function podHealth(object, now) {
    const containers = containersOf(object);
    const isService = isLongRunning(object);
    const phase = (0,health_status/* stringAt */.bX)(object, 'status', 'phase');
    if (phase === 'Succeeded')
        return (0,health_status/* healthy */.s2)('Completed successfully');
    if (phase === 'Failed')
        return (0,health_status/* degraded */.$o)(pods_failureOf(object, containers));
    const ready = (0,health_status/* conditionOf */.rI)(object, 'Ready');
    if (isService && ready?.status === 'True')
        return (0,health_status/* healthy */.s2)('Running and ready');
    const stuck = containers.find((container) => isStuck(container, isService));
    if (stuck)
        return (0,health_status/* degraded */.$o)(describeContainer(stuck));
    const scheduled = (0,health_status/* conditionOf */.rI)(object, 'PodScheduled');
    if (scheduled?.status === 'False') {
        const since = Date.parse(scheduled.lastTransitionTime || (0,health_status/* stringAt */.bX)(object, 'metadata', 'creationTimestamp'));
        const message = `Not scheduled: ${(0,health_status/* clause */.sb)(tidy(scheduled.message || scheduled.reason || 'no node found yet'))}`;
        const isLate = scheduled.reason === 'Unschedulable' && !(now.getTime() - since < SCHEDULING_GRACE_MS);
        return isLate ? (0,health_status/* degraded */.$o)(message) : (0,health_status/* progressing */.OP)(message);
    }
    if (phase === '')
        return (0,health_status/* progressing */.OP)('Not seen by the scheduler or the kubelet yet');
    const waiting = containers.find((container) => container.waiting || (container.init && container.running));
    if (waiting)
        return (0,health_status/* progressing */.OP)(describeContainer(waiting));
    if (phase === 'Running' && !isService)
        return (0,health_status/* progressing */.OP)('Running; it is to run to its end');
    const unready = containers.find((container) => !container.ready && !container.init);
    if (unready)
        return (0,health_status/* progressing */.OP)(describeContainer(unready));
    return (0,health_status/* progressing */.OP)(ready?.message ? `Not ready: ${(0,health_status/* clause */.sb)(ready.message)}` : phase === 'Pending' ? 'Starting' : 'Running, not ready yet');
}
/** Whether a pod is meant to run on, rather than to its end. */
function isLongRunning(object) {
    const policy = (0,health_status/* stringAt */.bX)(object, 'spec', 'restartPolicy');
    if (policy !== 'Never' && policy !== 'OnFailure')
        return true;
    return ((0,health_status/* annotationOf */.lW)(object, 'argocd.argoproj.io/ignore-restart-policy') === 'true' &&
        (0,health_status/* annotationOf */.lW)(object, 'argocd.argoproj.io/hook') === undefined &&
        (0,health_status/* annotationOf */.lW)(object, 'helm.sh/hook') === undefined);
}
/** A state that somebody has to look at, though Kubernetes goes on trying. A single crash is none. */
function isStuck(container, isService) {
    const reason = container.waiting?.reason ?? '';
    if (IMAGE_PROBLEMS.has(reason) || CREATE_PROBLEMS.has(reason))
        return true;
    if (!isService)
        return false;
    if (reason === 'CrashLoopBackOff')
        return true;
    return !container.init && container.ended !== undefined && container.ended.exitCode !== 0 && container.restarts > 0;
}
/** Why a pod failed: its own reason (`Evicted`, `DeadlineExceeded`), else the container that did. */
function pods_failureOf(object, containers) {
    const reason = (0,health_status/* stringAt */.bX)(object, 'status', 'reason');
    const message = (0,health_status/* stringAt */.bX)(object, 'status', 'message');
    if (reason !== '' || message !== '')
        return `Failed: ${[reason, (0,health_status/* clause */.sb)(message)].filter(Boolean).join(': ')}`;
    const container = containers.find((one) => one.ended !== undefined && one.ended.exitCode !== 0);
    return container ? describeContainer(container) : 'Failed';
}
/** `container web exited with code 1 (CrashLoopBackOff, 3 restarts): panic: no configuration`. */
function describeContainer(container) {
    const what = container.init ? 'init container' : container.sidecar ? 'sidecar container' : 'container';
    const name = `${what} ${container.name}`;
    const { waiting, ended, lastEnded, restarts } = container;
    const end = ended ?? lastEnded;
    const wait = waiting?.reason ?? '';
    const isBack = container.running && !container.ready && lastEnded !== undefined && lastEnded.exitCode !== 0;
    if (end && (wait === 'CrashLoopBackOff' || isBack || (ended && (ended.exitCode !== 0 || restarts > 0)))) {
        const notes = [
            wait,
            end.reason === 'Error' || end.reason === 'Completed' || end.reason === '' ? '' : end.reason,
            restarts > 0 ? (0,health_status/* count */.U9)(restarts, 'restart') : ''
        ].filter(Boolean);
        const how = end.signal > 0 ? `was ended by signal ${end.signal}` : `exited with code ${end.exitCode}`;
        const said = (0,health_status/* clause */.sb)(end.message);
        const now = isBack ? ', runs again and is not ready' : '';
        return `${name} ${how}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}${now}${said ? `: ${said}` : ''}`;
    }
    if (waiting) {
        const message = (0,health_status/* clause */.sb)(waiting.message);
        if (IMAGE_PROBLEMS.has(wait))
            return `${name} cannot get its image (${wait})${message ? `: ${message}` : ''}`;
        if (CREATE_PROBLEMS.has(wait))
            return `${name} cannot be started (${wait})${message ? `: ${message}` : ''}`;
        if (wait === '' || wait === 'ContainerCreating' || wait === 'PodInitializing')
            return `${name} is being started`;
        return `${name} is waiting (${wait})${message ? `: ${message}` : ''}`;
    }
    const after = restarts > 0 ? ` after ${(0,health_status/* count */.U9)(restarts, 'restart')}` : '';
    if (container.init && container.running)
        return `${name} is running${after}`;
    return `${name} is running${after} but not ready`;
}
/** The containers of a pod as they are, init containers and sidecars first. */
function containersOf(object) {
    const sidecars = new Set(((0,json/* asList */.DD)((0,json.at)(object, 'spec', 'initContainers')) ?? [])
        .filter((container) => (0,json.at)(container, 'restartPolicy') === 'Always')
        .map((container) => (0,health_status/* stringAt */.bX)(container, 'name')));
    const read = (list, init) => ((0,json/* asList */.DD)(list) ?? []).map((container) => {
        const sidecar = init && sidecars.has((0,health_status/* stringAt */.bX)(container, 'name'));
        return stateOf(container, init && !sidecar, sidecar);
    });
    return [
        ...read((0,json.at)(object, 'status', 'initContainerStatuses'), true),
        ...read((0,json.at)(object, 'status', 'containerStatuses'), false)
    ];
}
function stateOf(container, init, sidecar) {
    const waiting = (0,json/* asObject */.eB)((0,json.at)(container, 'state', 'waiting'));
    const ended = endOf((0,json.at)(container, 'state', 'terminated'));
    const lastEnded = endOf((0,json.at)(container, 'lastState', 'terminated'));
    return {
        name: (0,health_status/* stringAt */.bX)(container, 'name'),
        init,
        sidecar,
        ready: (0,json.at)(container, 'ready') === true,
        restarts: (0,health_status/* integerAt */.OW)(container, 0, 'restartCount'),
        running: (0,json/* asObject */.eB)((0,json.at)(container, 'state', 'running')) !== undefined,
        ...(waiting ? { waiting: { reason: (0,health_status/* stringAt */.bX)(waiting, 'reason'), message: (0,health_status/* stringAt */.bX)(waiting, 'message') } } : {}),
        ...(ended ? { ended } : {}),
        ...(lastEnded ? { lastEnded } : {})
    };
}
function endOf(value) {
    const ended = (0,json/* asObject */.eB)(value);
    if (ended === undefined)
        return undefined;
    return {
        exitCode: (0,health_status/* asInteger */.JU)(ended['exitCode']) ?? 0,
        signal: (0,health_status/* integerAt */.OW)(ended, 0, 'signal'),
        reason: (0,health_status/* stringAt */.bX)(ended, 'reason'),
        message: (0,health_status/* stringAt */.bX)(ended, 'message')
    };
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/rules/services.js


/** A load balancer needs an address, unless one is declared (`externalIPs`) or the caller does not ask for it. */
function serviceHealth(object, options) {
    if ((0,health_status/* stringAt */.bX)(object, 'spec', 'type') !== 'LoadBalancer')
        return (0,health_status/* healthy */.s2)('A Service needs no further reconciling');
    const addresses = addressesOf(object);
    if (addresses !== '')
        return (0,health_status/* healthy */.s2)(`The load balancer has the address ${addresses}`);
    if (((0,json/* asList */.DD)((0,json.at)(object, 'spec', 'externalIPs')) ?? []).length > 0)
        return (0,health_status/* healthy */.s2)('It has external addresses of its own');
    return options.loadBalancers === 'optional'
        ? (0,health_status/* healthy */.s2)('The load balancer has no address yet, which is not asked for')
        : (0,health_status/* progressing */.OP)('The load balancer has no address yet');
}
/** Many ingress controllers never publish an address, so its absence says nothing. */
function ingressHealth(object) {
    const addresses = addressesOf(object);
    return (0,health_status/* healthy */.s2)(addresses === '' ? 'Accepted; no controller has published an address' : `Served at ${addresses}`);
}
function addressesOf(object) {
    return ((0,json/* asList */.DD)((0,json.at)(object, 'status', 'loadBalancer', 'ingress')) ?? [])
        .map((entry) => (0,json/* asString */.oJ)((0,json.at)(entry, 'hostname')) ?? (0,json/* asString */.oJ)((0,json.at)(entry, 'ip')) ?? 'unnamed')
        .join(', ');
}
/** Scaling failures by condition type and reason; `FailedGetScale` is the one that never mends by itself. */
const services_AUTOSCALER_FAILURES = new Set([
    'AbleToScale FailedGetScale',
    'AbleToScale FailedUpdateScale',
    'ScalingActive FailedGetResourceMetric',
    'ScalingActive FailedGetContainerResourceMetric',
    'ScalingActive FailedGetObjectMetric',
    'ScalingActive FailedGetPodsMetric',
    'ScalingActive FailedGetExternalMetric',
    'ScalingActive FailedComputeMetricsReplicas',
    'ScalingActive InvalidMetricSourceType',
    'ScalingActive InvalidSelector',
    'ScalingActive AmbiguousSelector'
]);
function autoscalerHealth(object) {
    const conditions = autoscalerConditions(object);
    const failed = conditions.find((one) => services_AUTOSCALER_FAILURES.has(`${one.type} ${one.reason}`));
    if (failed)
        return (0,health_status/* degraded */.$o)(`Cannot scale: ${(0,health_status/* reasonOf */.A3)(failed)}`);
    const able = conditions.find((one) => one.type === 'AbleToScale');
    if (able?.status === 'True')
        return (0,health_status/* healthy */.s2)((0,health_status/* reasonOf */.A3)(able) || 'Able to scale its target');
    if (conditions.some((one) => one.type === 'ScalingLimited' && one.status === 'True'))
        return (0,health_status/* healthy */.s2)('Scaling is held at its limit');
    return (0,health_status/* progressing */.OP)(able ? `Not able to scale yet: ${(0,health_status/* reasonOf */.A3)(able)}` : 'The autoscaler has not looked at its target yet');
}
/** `autoscaling/v1` keeps its conditions as JSON text in an annotation. */
function autoscalerConditions(object) {
    const conditions = (0,health_status/* conditionsOf */.yb)(object);
    const text = (0,health_status/* annotationOf */.lW)(object, 'autoscaling.alpha.kubernetes.io/conditions');
    if (conditions.length > 0 || text === undefined)
        return conditions;
    try {
        return (0,health_status/* conditionsIn */.AV)((0,json/* parseJson */.qF)(text));
    }
    catch {
        return [];
    }
}
function apiServiceHealth(object) {
    const available = (0,health_status/* conditionOf */.rI)(object, 'Available');
    if (available === undefined)
        return (0,health_status/* progressing */.OP)('The API server has not checked the service behind it yet');
    return available.status === 'True'
        ? (0,health_status/* healthy */.s2)('The API is served')
        : (0,health_status/* progressing */.OP)(`The API is not served: ${(0,health_status/* reasonOf */.A3)(available)}`);
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/rules/workloads.js


/**
 * As `kubectl rollout status` judges it, and with the failures that the controller reports. Counts of updated pods
 * come first: old pods that are all ready say nothing about a new revision that cannot start.
 */
function deploymentHealth(object) {
    if ((0,json.at)(object, 'spec', 'paused') === true)
        return (0,health_status/* suspended */.IU)('The rollout is paused (spec.paused is true)');
    if (isUnobserved(object))
        return (0,health_status/* progressing */.OP)('The deployment controller has not seen the latest change yet');
    const rollout = (0,health_status/* conditionOf */.rI)(object, 'Progressing');
    const refused = refusalOf(object);
    if (rollout?.reason === 'ProgressDeadlineExceeded')
        return (0,health_status/* degraded */.$o)(`The rollout made no progress within ${(0,health_status/* integerAt */.OW)(object, 600, 'spec', 'progressDeadlineSeconds')} s: ${refused ?? (0,health_status/* reasonOf */.A3)(rollout)}`);
    const declared = (0,health_status/* integerAt */.OW)(object, 1, 'spec', 'replicas');
    const updated = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'updatedReplicas');
    const replicas = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'replicas');
    const available = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'availableReplicas');
    if (updated < declared)
        return (0,health_status/* progressing */.OP)(refused ? `Pods cannot be created: ${refused}` : `${(0,health_status/* share */.uM)(updated, declared, 'new pod')} created`);
    if (replicas > updated)
        return (0,health_status/* progressing */.OP)(`${(0,health_status/* count */.U9)(replicas - updated, 'old pod')} not yet terminated`);
    if (available < updated)
        return (0,health_status/* progressing */.OP)(`${(0,health_status/* share */.uM)(available, updated, 'new pod')} available`);
    if ((0,health_status/* integerAt */.OW)(object, 0, 'status', 'readyReplicas') < declared)
        return (0,health_status/* progressing */.OP)(`${(0,health_status/* share */.uM)((0,health_status/* integerAt */.OW)(object, 0, 'status', 'readyReplicas'), declared, 'pod')} ready`);
    const availability = (0,health_status/* conditionOf */.rI)(object, 'Available');
    if (availability?.status === 'False')
        return (0,health_status/* progressing */.OP)(`Not available: ${(0,health_status/* reasonOf */.A3)(availability)}`);
    return (0,health_status/* healthy */.s2)(declared === 0 ? 'Scaled to zero, as declared' : `${(0,health_status/* every */.Si)(declared, 'pod')} available`);
}
function statefulSetHealth(object) {
    if (isUnobserved(object))
        return (0,health_status/* progressing */.OP)('The stateful set controller has not seen the latest change yet');
    const declared = (0,health_status/* integerAt */.OW)(object, 1, 'spec', 'replicas');
    const replicas = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'replicas');
    const ready = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'readyReplicas');
    if (ready < declared)
        return (0,health_status/* progressing */.OP)(`${(0,health_status/* share */.uM)(ready, declared, 'pod')} ready`);
    if (replicas > declared)
        return (0,health_status/* progressing */.OP)(`${(0,health_status/* count */.U9)(replicas - declared, 'surplus pod')} not yet terminated`);
    if ((0,health_status/* stringAt */.bX)(object, 'spec', 'updateStrategy', 'type') === 'OnDelete')
        return (0,health_status/* healthy */.s2)(`${(0,health_status/* every */.Si)(declared, 'pod')} ready; each takes a new revision only when it is deleted (OnDelete)`);
    const updateRevision = (0,health_status/* stringAt */.bX)(object, 'status', 'updateRevision');
    const isOneRevision = updateRevision === (0,health_status/* stringAt */.bX)(object, 'status', 'currentRevision');
    const updated = (0,health_status/* asInteger */.JU)((0,json.at)(object, 'status', 'updatedReplicas')) ?? (isOneRevision ? ready : 0);
    const partition = (0,health_status/* integerAt */.OW)(object, 0, 'spec', 'updateStrategy', 'rollingUpdate', 'partition');
    const wanted = Math.max(0, declared - partition);
    if (updated < wanted)
        return (0,health_status/* progressing */.OP)(`${(0,health_status/* share */.uM)(updated, wanted, 'pod')} updated${updateRevision === '' ? '' : ` to revision ${updateRevision}`}`);
    if (partition === 0 && !isOneRevision)
        return (0,health_status/* progressing */.OP)(`The update to revision ${updateRevision} is not complete`);
    const minimum = (0,health_status/* integerAt */.OW)(object, 0, 'spec', 'minReadySeconds');
    const available = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'availableReplicas');
    if (minimum > 0 && available < declared)
        return (0,health_status/* progressing */.OP)(`${(0,health_status/* share */.uM)(available, declared, 'pod')} ready for at least ${minimum} s`);
    if (declared === 0)
        return (0,health_status/* healthy */.s2)('Scaled to zero, as declared');
    return (0,health_status/* healthy */.s2)(partition > 0
        ? `${(0,health_status/* every */.Si)(declared, 'pod')} ready, ${wanted} of them at the new revision as the partition ${partition} asks`
        : `${(0,health_status/* every */.Si)(declared, 'pod')} ready`);
}
function daemonSetHealth(object) {
    if (isUnobserved(object))
        return (0,health_status/* progressing */.OP)('The daemon set controller has not seen the latest change yet');
    const desired = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'desiredNumberScheduled');
    const updated = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'updatedNumberScheduled');
    const reported = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'numberAvailable');
    const ready = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'numberReady');
    // Without minReadySeconds a pod that is ready is available.
    const available = (0,health_status/* integerAt */.OW)(object, 0, 'spec', 'minReadySeconds') > 0 ? reported : Math.max(ready, reported);
    const isOnDelete = (0,health_status/* stringAt */.bX)(object, 'spec', 'updateStrategy', 'type') === 'OnDelete';
    if (!isOnDelete && updated < desired)
        return (0,health_status/* progressing */.OP)(`${(0,health_status/* share */.uM)(updated, desired, 'pod')} updated`);
    if (available < desired)
        return (0,health_status/* progressing */.OP)(`${(0,health_status/* share */.uM)(available, desired, 'pod')} available`);
    if (desired === 0)
        return (0,health_status/* healthy */.s2)('No node matches, so no pod is wanted');
    return (0,health_status/* healthy */.s2)(isOnDelete
        ? `${(0,health_status/* every */.Si)(desired, 'pod')} available; each takes a new revision only when it is deleted (OnDelete)`
        : `${(0,health_status/* every */.Si)(desired, 'pod')} available`);
}
/** ReplicaSets and ReplicationControllers. */
function replicaSetHealth(object) {
    if (isUnobserved(object))
        return (0,health_status/* progressing */.OP)(`The controller has not seen the latest change yet`);
    const refused = refusalOf(object);
    if (refused)
        return (0,health_status/* degraded */.$o)(`Pods cannot be created: ${refused}`);
    const declared = (0,health_status/* integerAt */.OW)(object, 1, 'spec', 'replicas');
    const replicas = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'replicas');
    const ready = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'readyReplicas');
    const available = (0,health_status/* integerAt */.OW)(object, 0, 'status', 'availableReplicas');
    // Without minReadySeconds a pod that is ready is available.
    const usable = (0,health_status/* integerAt */.OW)(object, 0, 'spec', 'minReadySeconds') > 0 ? available : Math.max(ready, available);
    if (usable < declared)
        return (0,health_status/* progressing */.OP)(`${(0,health_status/* share */.uM)(usable, declared, 'pod')} available`);
    if (replicas > declared)
        return (0,health_status/* progressing */.OP)(`${(0,health_status/* count */.U9)(replicas - declared, 'surplus pod')} not yet terminated`);
    return (0,health_status/* healthy */.s2)(declared === 0 ? 'Scaled to zero, as declared' : `${(0,health_status/* every */.Si)(declared, 'pod')} available`);
}
/** The controllers of these kinds always report the generation that they have seen. */
function isUnobserved(object) {
    const observed = (0,health_status/* asInteger */.JU)((0,json.at)(object, 'status', 'observedGeneration'));
    const generation = (0,health_status/* asInteger */.JU)((0,json.at)(object, 'metadata', 'generation'));
    if (observed === undefined)
        return generation !== undefined || (0,json/* asObject */.eB)(object['status']) === undefined;
    return generation !== undefined && observed < generation;
}
/** Why the API server refuses the pods of a workload (quota, admission), or undefined. */
function refusalOf(object) {
    const failure = (0,health_status/* conditionOf */.rI)(object, 'ReplicaFailure');
    return failure?.status === 'True' ? (0,health_status/* clause */.sb)(failure.message || failure.reason) : undefined;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/assess.js












/**
 * Our own rules, by `group/Kind`: the strength of Argo CD's (a Job is done when it is complete, a load balancer has an
 * address, an autoscaler can scale) without what makes them wait forever (an Ingress whose controller publishes no
 * address), and the failures that kstatus does not see (a failed Pod, a rollout that is refused its pods).
 */
const assess_RULES = {
    'apps/Deployment': deploymentHealth,
    'apps/StatefulSet': statefulSetHealth,
    'apps/DaemonSet': daemonSetHealth,
    'apps/ReplicaSet': replicaSetHealth,
    '/ReplicationController': replicaSetHealth,
    '/Pod': (object, { now }) => podHealth(object, now),
    'batch/Job': jobHealth,
    'batch/CronJob': cronJobHealth,
    '/Service': serviceHealth,
    'networking.k8s.io/Ingress': ingressHealth,
    'extensions/Ingress': ingressHealth,
    'autoscaling/HorizontalPodAutoscaler': autoscalerHealth,
    'apiregistration.k8s.io/APIService': apiServiceHealth,
    'apiextensions.k8s.io/CustomResourceDefinition': definitionHealth,
    '/PersistentVolumeClaim': claimHealth,
    '/PersistentVolume': volumeHealth,
    '/Namespace': namespaceHealth,
    'policy/PodDisruptionBudget': budgetHealth,
    'certificates.k8s.io/CertificateSigningRequest': requestHealth
};
/** The API groups that Kubernetes itself serves; everything else is a custom resource or an aggregated API. */
const BUILT_IN_GROUPS = new Set([
    '',
    'apps',
    'batch',
    'autoscaling',
    'policy',
    'extensions',
    ...[
        'admissionregistration',
        'apiextensions',
        'apiregistration',
        'authentication',
        'authorization',
        'certificates',
        'coordination',
        'discovery',
        'events',
        'flowcontrol.apiserver',
        'internal.apiserver',
        'networking',
        'node',
        'rbac.authorization',
        'resource',
        'scheduling',
        'storage',
        'storagemigration'
    ].map((name) => `${name}.k8s.io`)
]);
/** Whether Kubernetes itself serves an API group. */
function isBuiltIn(group) {
    return BUILT_IN_GROUPS.has(group);
}
/**
 * The health of an object by its own fields, with the reason as a sentence; null where the profile assesses nothing.
 * Pure: nothing is read but the object. Total: a malformed object gives an answer too.
 */
function assessHealth(object, options = {}) {
    const now = options.now ?? new Date();
    switch (options.profile ?? 'default') {
        case 'argo':
            return assessAsArgo(object) ?? assessAsCustomization(object, options);
        case 'kstatus':
            return assessAsKStatus(object, now);
        case 'default':
            return assessByOwnRules(object, { ...options, now });
    }
}
/**
 * What Argo CD's customizations say of custom resources, as far as our rules for their operators and the generic one
 * agree with them. Null for what it has none for: other kinds of Kubernetes, its own Application (since 1.8), and
 * whatever reports nothing, of which nobody can say whether it ever will.
 */
function assessAsCustomization(object, options) {
    const group = (0,render_manifest/* groupOf */.F8)(object);
    const key = `${group}/${object.kind}`;
    // The one kind of Kubernetes whose customization asks what our own rule asks.
    if (key === 'apiextensions.k8s.io/CustomResourceDefinition')
        return definitionHealth(object);
    if (isBuiltIn(group) || key === 'argoproj.io/Application')
        return null;
    const known = (options.operators === false ? undefined : operatorHealth(object)) ?? (0,generic/* reportedHealth */.Sw)(object) ?? null;
    const isSilent = Object.keys((0,json/* asObject */.eB)(object['status']) ?? {}).length === 0;
    return isSilent && known?.status !== 'Suspended' ? null : known;
}
function assessByOwnRules(object, options) {
    if ((0,json.at)(object, 'metadata', 'deletionTimestamp') != null)
        return deletionHealth(object);
    const own = options.checks?.assess(object);
    if (own)
        return own;
    const group = (0,render_manifest/* groupOf */.F8)(object);
    const rule = assess_RULES[`${group}/${object.kind}`];
    if (rule)
        return rule(object, options);
    if (isBuiltIn(group)) {
        const computed = computeStatus(object, { now: options.now });
        return computed.message === 'Resource is current'
            ? (0,health_status/* healthy */.s2)('In place; objects of this kind need no reconciling')
            : { status: STATUS_WORDS[computed.status], message: messageOfStatus(object, computed) };
    }
    return (options.operators === false ? undefined : operatorHealth(object)) ?? (0,generic/* customResourceHealth */._C)(object);
}
/**
 * How we say what kstatus says. An object that is being deleted is Progressing, as in Argo CD; NotFound never comes
 * from an object at hand.
 */
const STATUS_WORDS = {
    Current: 'Healthy',
    InProgress: 'Progressing',
    Failed: 'Degraded',
    Terminating: 'Progressing',
    NotFound: 'Missing',
    Unknown: 'Unknown'
};
function assessAsKStatus(object, now) {
    const computed = computeStatus(object, { now });
    return { status: STATUS_WORDS[computed.status], message: messageOfStatus(object, computed) };
}
/**
 * Kinds that are as good as they get once they exist: no rule of ours looks at their status. A wait need not read
 * them.
 */
function isReadyOnceThere(ref, checks) {
    const group = (0,render_manifest/* groupOf */.F8)(ref);
    if (checks?.covers(ref))
        return false;
    return isBuiltIn(group) && !READ_KINDS.has(`${group}/${ref.kind}`);
}
/** Our rules, without those that always say Healthy. */
const READ_KINDS = new Set(Object.keys(assess_RULES).filter((key) => !/Ingress$|PodDisruptionBudget$/.test(key)));

// EXTERNAL MODULE: ./src/targets/kubernetes/health/checks/read.js + 1 modules
var read = __webpack_require__(8223);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./src/targets/kubernetes/health/related.js




/** Kinds of Kubernetes itself that run pods of their own. */
const POD_RUNNERS = new Set([
    'apps/Deployment',
    'apps/StatefulSet',
    'apps/DaemonSet',
    'apps/ReplicaSet',
    '/ReplicationController',
    'batch/Job'
]);
/** Whether an object runs pods that can be found by its selector. */
function runsPods(object) {
    return POD_RUNNERS.has(`${(0,render_manifest/* groupOf */.F8)(object)}/${object.kind}`);
}
/** Whether an object is a single pod. */
function isPod(object) {
    return object.apiVersion === 'v1' && object.kind === 'Pod';
}
/** `spec.selector` as the API takes it for a list; undefined where the object has none. */
function selectorOf(object) {
    const selector = (0,json/* asObject */.eB)((0,json.at)(object, 'spec', 'selector'));
    if (selector === undefined)
        return undefined;
    // A ReplicationController's selector is a plain map.
    const isMap = selector['matchLabels'] === undefined && selector['matchExpressions'] === undefined;
    const labels = isMap ? selector : ((0,json/* asObject */.eB)(selector['matchLabels']) ?? {});
    const parts = Object.entries(labels).map(([key, value]) => `${key}=${(0,json/* asString */.oJ)(value) ?? ''}`);
    for (const expression of (0,json/* asList */.DD)(selector['matchExpressions']) ?? []) {
        const key = (0,health_status/* stringAt */.bX)(expression, 'key');
        const values = ((0,json/* asList */.DD)((0,json.at)(expression, 'values')) ?? []).map(String).join(',');
        const operator = (0,health_status/* stringAt */.bX)(expression, 'operator');
        if (operator === 'In')
            parts.push(`${key} in (${values})`);
        else if (operator === 'NotIn')
            parts.push(`${key} notin (${values})`);
        else
            parts.push(operator === 'DoesNotExist' ? `!${key}` : key);
    }
    return parts.length === 0 ? undefined : parts.join(',');
}
/** The UID of the controller that owns an object, or undefined. */
function controllerOf(object) {
    const owners = (0,json/* asList */.DD)((0,json.at)(object, 'metadata', 'ownerReferences')) ?? [];
    const owner = owners.find((one) => (0,json.at)(one, 'controller') === true) ?? owners[0];
    return (0,json/* asString */.oJ)((0,json.at)(owner, 'uid'));
}
/** Objects by the UID of their controller. */
function byController(objects) {
    const groups = Map.groupBy(objects, controllerOf);
    return (uid) => groups.get(uid) ?? [];
}
/**
 * The ReplicaSet of a Deployment's present template: found as the deployment controller finds it, by an equal pod
 * template; else by the revision that the Deployment names.
 */
function newestReplicaSet(deployment, replicaSets) {
    const own = replicaSets(uidOf(deployment));
    const template = (0,json.at)(deployment, 'spec', 'template');
    const equal = own
        .filter((one) => (0,external_node_util_.isDeepStrictEqual)(withoutHash((0,json.at)(one, 'spec', 'template')), withoutHash(template)))
        .sort((a, b) => createdAt(a) - createdAt(b));
    if (equal[0])
        return equal[0];
    if (!isObserved(deployment))
        return undefined;
    const revision = (0,health_status/* annotationOf */.lW)(deployment, REVISION);
    return own.find((one) => revision !== undefined && (0,health_status/* annotationOf */.lW)(one, REVISION) === revision);
}
const REVISION = 'deployment.kubernetes.io/revision';
function withoutHash(template) {
    const labels = (0,json/* asObject */.eB)((0,json.at)(template, 'metadata', 'labels'));
    if (!labels?.['pod-template-hash'])
        return template;
    const { 'pod-template-hash': _, ...rest } = labels;
    return { ...(0,json/* asObject */.eB)(template), metadata: { ...(0,json/* asObject */.eB)((0,json.at)(template, 'metadata')), labels: rest } };
}
/**
 * The pods that belong to the present revision of a workload: those that a rollout is about. An old pod that crashes
 * while a good new revision replaces it is not among them. Until the controller has seen the latest change there is
 * no such revision.
 */
function podsOfRevision(workload, pods, replicaSets) {
    if (isPod(workload))
        return [workload];
    if (!isObserved(workload))
        return [];
    const uid = uidOf(workload);
    switch (workload.kind) {
        case 'Deployment': {
            const newest = newestReplicaSet(workload, replicaSets);
            return newest ? remaining(pods(uidOf(newest))) : [];
        }
        case 'StatefulSet': {
            const revision = (0,health_status/* stringAt */.bX)(workload, 'status', 'updateRevision');
            const own = remaining(pods(uid));
            const updated = own.filter((pod) => labelOf(pod, 'controller-revision-hash') === revision);
            // With OnDelete nothing is rolled out: all pods count.
            return (0,health_status/* stringAt */.bX)(workload, 'spec', 'updateStrategy', 'type') === 'OnDelete' || revision === '' ? own : updated;
        }
        case 'DaemonSet': {
            const generation = (0,health_status/* annotationOf */.lW)(workload, 'deprecated.daemonset.template.generation');
            const own = remaining(pods(uid));
            if ((0,health_status/* stringAt */.bX)(workload, 'spec', 'updateStrategy', 'type') === 'OnDelete' || generation === undefined)
                return own;
            const updated = own.filter((pod) => labelOf(pod, 'pod-template-generation') === generation);
            // Pods of an earlier, equal template are kept: they carry the hash of those that are known to be updated.
            const hash = updated[0] && labelOf(updated[0], 'controller-revision-hash');
            return hash === undefined ? updated : own.filter((pod) => labelOf(pod, 'controller-revision-hash') === hash);
        }
        default:
            return remaining(pods(uid));
    }
}
function remaining(pods) {
    return pods.filter((pod) => (0,json.at)(pod, 'metadata', 'deletionTimestamp') == null);
}
/** Whether the controller has seen the latest change; true for kinds that do not report it. */
function isObserved(object) {
    const generation = (0,health_status/* integerAt */.OW)(object, 0, 'metadata', 'generation');
    return (0,health_status/* integerAt */.OW)(object, generation, 'status', 'observedGeneration') >= generation;
}
function uidOf(object) {
    return (0,health_status/* stringAt */.bX)(object, 'metadata', 'uid');
}
function labelOf(object, name) {
    return (0,json/* asString */.oJ)((0,json.at)(object, 'metadata', 'labels', name));
}
/** `metadata.creationTimestamp` in milliseconds; NaN when it is missing. */
function createdAt(object) {
    return Date.parse((0,health_status/* stringAt */.bX)(object, 'metadata', 'creationTimestamp'));
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/family.js


const NOBODY = { between: [], pods: [] };
/**
 * Finds the pods of an object: by its selector for workloads of Kubernetes itself, by the chain of owners for
 * anything else (custom resources). Empty where they cannot be read.
 */
async function familyOf(cluster, object) {
    const namespace = (0,health_status/* stringAt */.bX)(object, 'metadata', 'namespace');
    if (isPod(object))
        return { between: [], pods: [object] };
    if (namespace === '' || uidOf(object) === '')
        return NOBODY;
    return runsPods(object) ? workloadFamily(cluster, object, namespace) : ownedFamily(cluster, object, namespace);
}
async function workloadFamily(cluster, workload, namespace) {
    const labelSelector = selectorOf(workload);
    if (labelSelector === undefined)
        return NOBODY;
    const scope = { namespace, labelSelector };
    const [pods, replicaSets] = await Promise.all([
        listQuietly(cluster, 'v1', 'Pod', scope),
        workload.kind === 'Deployment' ? listQuietly(cluster, 'apps/v1', 'ReplicaSet', scope) : []
    ]);
    const owned = byController(replicaSets);
    const newest = workload.kind === 'Deployment' ? newestReplicaSet(workload, owned) : undefined;
    return { between: newest ? [newest] : [], pods: podsOfRevision(workload, byController(pods), owned) };
}
/** Kinds that may stand between a custom resource and its pods, each after those that may own it. */
const BETWEEN = [
    ['batch/v1', 'CronJob'],
    ['apps/v1', 'Deployment'],
    ['apps/v1', 'StatefulSet'],
    ['apps/v1', 'DaemonSet'],
    ['batch/v1', 'Job'],
    ['apps/v1', 'ReplicaSet']
];
async function ownedFamily(cluster, object, namespace) {
    const scope = { namespace };
    const [pods, ...levels] = await Promise.all([
        listQuietly(cluster, 'v1', 'Pod', scope),
        ...BETWEEN.map(([apiVersion, kind]) => listQuietly(cluster, apiVersion, kind, scope))
    ]);
    const owners = new Set([uidOf(object)]);
    const between = [];
    for (const candidate of levels.flat()) {
        if (!owners.has(controllerOf(candidate) ?? ''))
            continue;
        owners.add(uidOf(candidate));
        between.push(candidate);
    }
    return { between, pods: pods.filter((pod) => owners.has(controllerOf(pod) ?? '')) };
}
/** A list for a luxury: empty when it may not, or cannot, be read. */
async function listQuietly(cluster, apiVersion, kind, scope) {
    try {
        const resource = await cluster.resourceFor(apiVersion, kind);
        return resource ? (await cluster.list(resource, scope)).items : [];
    }
    catch {
        return [];
    }
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/text.js
/** Longest line of a log or an event in a report. */
const LONGEST_LINE = 300;
/** What terminals interpret: CSI, OSC and other escape sequences (ECMA-48). */
const ESCAPES = 
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be removed
/\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[PX^_][^\u001b]*(?:\u001b\\)?|[@-Z\\-_])|\u009b[0-?]*[ -/]*[@-~]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be removed
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/**
 * Untrusted text as lines that are safe to print: escape sequences, control and direction characters removed, long
 * lines cut, known secret values masked. Empty lines at the end are dropped.
 */
function safeLines(text, redact = []) {
    return masked(text.replaceAll(ESCAPES, ''), redact)
        .split(/\r\n|\n|\r/)
        .map((line) => line.replaceAll(CONTROLS, '').replaceAll('\t', '  ').trimEnd())
        .map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE - 1)}…` : line))
        .filter((line, index, lines) => line !== '' || lines.slice(index).some((later) => later !== ''));
}
/** Untrusted text as one safe line. */
function safeLine(text, redact = []) {
    return masked(text.replaceAll(ESCAPES, ''), redact).replaceAll(/\s+/g, ' ').replaceAll(CONTROLS, '').trim();
}
/** Every known secret value by `***`. Longest first, so that no rest of a longer one stays. */
function masked(text, redact) {
    let result = text;
    // Very short values would mask half of every word and hide nothing.
    for (const value of redact.toSorted((a, b) => b.length - a.length))
        if (value.trim().length >= 4)
            result = result.replaceAll(value, '***');
    return result;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/diagnose.js









/**
 * Why an object is not healthy, told so that nobody has to open the cluster: its worst pod, the container, how it
 * ended, its last log lines, the warning events. Never fails: what cannot be read is left out.
 */
async function diagnose(cluster, object, options = {}) {
    const now = options.now ?? new Date();
    const redact = options.redact ?? [];
    const family = await familyOf(cluster, object);
    const namespace = (0,health_status/* stringAt */.bX)(object, 'metadata', 'namespace');
    const events = await eventsAbout(cluster, namespace, subjectsOf([object, ...family.between, ...family.pods]));
    const suspects = family.pods
        .map((pod) => suspicionOf(pod, now))
        .filter((one) => one !== undefined)
        .sort((a, b) => b.weight - a.weight || createdAt(b.pod) - createdAt(a.pod));
    const [worst] = suspects;
    const logs = worst ? await logsOf(cluster, worst, options.logLines ?? 20) : '';
    return {
        message: safeLine(`${(0,health_status/* nameOf */.Vb)(object)}: ${reasonFor(object, family, suspects, events, { ...options.assess, now })}`, redact),
        events: eventLines(events).map((line) => safeLine(line, redact)),
        logs: safeLines(logs, redact).slice(-(options.logLines ?? 20)),
        failing: (worst?.weight ?? 0) >= FAILING
    };
}
/** Diagnoses of several objects, a few at a time. */
async function diagnoseAll(cluster, objects, options = {}) {
    return mapConcurrent(objects, 4, (object) => diagnose(cluster, object, options));
}
/** The weight from which on a pod has failed; below, it may just not be ready yet. */
const FAILING = 50;
function suspicionOf(pod, now) {
    const containers = containersOf(pod);
    const worst = containers
        .map((container) => ({ container, weight: weightOf(container) }))
        .sort((a, b) => b.weight - a.weight)[0];
    if ((0,health_status/* stringAt */.bX)(pod, 'status', 'phase') === 'Failed')
        return { pod, weight: 90, why: pods_failureOf(pod, containers), container: worst?.container };
    const health = assessHealth(pod, { now });
    if (!health || health.status === 'Healthy')
        return undefined;
    if (worst && worst.weight > 0)
        return { pod, weight: worst.weight, why: describeContainer(worst.container), container: worst.container };
    const unscheduled = (0,health_status/* conditionOf */.rI)(pod, 'PodScheduled')?.status === 'False';
    return { pod, weight: unscheduled ? FAILING : 5, why: lowerFirst(health.message), container: undefined };
}
/** A container that has failed says more than one that only waits for it. */
function weightOf(container) {
    const reason = container.waiting?.reason ?? '';
    const failed = (container.ended?.exitCode ?? 0) !== 0 || (container.lastEnded?.exitCode ?? 0) !== 0;
    if (reason === 'CrashLoopBackOff')
        return 100;
    if (container.ended !== undefined && container.ended.exitCode !== 0)
        return 95;
    if (IMAGE_PROBLEMS.has(reason))
        return 80;
    if (CREATE_PROBLEMS.has(reason))
        return 80;
    if (failed && !container.ready)
        return 60;
    if (container.waiting)
        return reason === '' || reason === 'PodInitializing' ? 1 : 10;
    if (container.ready || container.ended?.exitCode === 0)
        return 0;
    return 20;
}
function reasonFor(object, family, suspects, events, assess) {
    const [worst] = suspects;
    const refused = [object, ...family.between].map(refusalOf).find((text) => text !== undefined);
    const refusal = refused ?? refusalEvent(object, events);
    if (worst && (worst.weight >= FAILING || refusal === undefined)) {
        const others = suspects.filter((one) => one !== worst && one.weight >= worst.weight).length;
        const alike = others > 0 ? ` (and ${others} more pod${others === 1 ? '' : 's'})` : '';
        const said = worst.weight < FAILING ? probeMessage(worst, events) : '';
        const who = worst.pod === object ? '' : `pod ${worst.pod.metadata.name}: `;
        return `${who}${worst.why}${said}${alike}`;
    }
    if (refusal !== undefined)
        return `its pods are refused: ${refusal}`;
    const health = assessHealth(object, assess);
    const last = events.at(-1);
    const told = last && !health?.message.includes((0,health_status/* clause */.sb)(last.message)) ? `; ${last.reason}: ${(0,health_status/* clause */.sb)(last.message)}` : '';
    const message = health?.message ?? 'not healthy';
    return health?.status === 'Healthy' ? message : `${lowerFirst(message)}${told}`;
}
/** What the probes or the volumes of a pod that only waits say, from its last warning. */
function probeMessage(suspect, events) {
    const last = events.findLast((event) => event.object.name === suspect.pod.metadata.name);
    return last && last.reason !== 'BackOff' ? `: ${(0,health_status/* clause */.sb)(last.message)}` : '';
}
/** StatefulSets, DaemonSets and Jobs tell that their pods are refused by events only. */
function refusalEvent(object, events) {
    const refusal = events.findLast((event) => event.reason === 'FailedCreate' && event.object.name === object.metadata.name);
    return refusal && (0,health_status/* clause */.sb)(refusal.message);
}
/** The log of the container in question; of its last run where the present one has nothing to say yet. */
async function logsOf(cluster, suspect, tailLines) {
    const { pod, container } = suspect;
    const hasRun = container && (container.running || container.ended || container.lastEnded);
    if (!container || !hasRun)
        return '';
    const place = { namespace: (0,health_status/* stringAt */.bX)(pod, 'metadata', 'namespace'), name: pod.metadata.name };
    const read = (previous) => cluster.logs(place, { container: container.name, previous, tailLines }).catch(() => '');
    const isBetweenRuns = container.waiting !== undefined || (container.running && container.lastEnded !== undefined);
    if (!isBetweenRuns)
        return read(false);
    return (await read(true)) || (await read(false));
}
function lowerFirst(text) {
    // Names and abbreviations keep their capitals.
    return /^[A-Z][a-z' ]/.test(text) ? `${text.charAt(0).toLowerCase()}${text.slice(1)}` : text;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/shared-lists.js
/**
 * A cluster for readers that ask about one object after another and pick what belongs to it themselves (by owner, by
 * UID). Of a namespace that several of them are asked about each type is listed once, without the selectors that
 * would only narrow the answer to one object; so the requests grow with namespaces, not with objects that are in
 * trouble.
 * @param crowded the namespaces that are listed as a whole
 */
function sharedLists(cluster, crowded) {
    const known = new Map();
    const list = (resource, options = {}) => {
        const { namespace } = options;
        if (namespace === undefined || !crowded.has(namespace))
            return cluster.list(resource, options);
        const whole = wholeOf(namespace, options);
        const key = keyOf(resource, whole);
        const answer = known.get(key) ?? cluster.list(resource, whole).then(lean);
        known.set(key, answer);
        return answer;
    };
    return new Proxy(cluster, {
        get(target, name) {
            if (name === 'list')
                return list;
            const value = Reflect.get(target, name, target);
            return typeof value === 'function' ? value.bind(target) : value;
        }
    });
}
/** What is asked, without the labels and the name of a single object. */
function wholeOf(namespace, { fieldSelector = '' }) {
    const common = fieldSelector.split(',').filter((one) => one !== '' && !one.startsWith('involvedObject.'));
    return { namespace, ...(common.length > 0 ? { fieldSelector: common.join(',') } : {}) };
}
function keyOf({ group, plural }, { namespace, fieldSelector = '' }) {
    return [group, plural, namespace, fieldSelector].join('/');
}
/** Without the record of field owners, which is half of a pod and which no reader of these lists looks at. */
function lean({ items, resourceVersion }) {
    return { items: items.map(withoutOwners), resourceVersion };
}
function withoutOwners(object) {
    const { managedFields: _, ...metadata } = object.metadata;
    return { ...object, metadata: { ...metadata, name: object.metadata.name } };
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/unhealthy.js












/** A pod that has not been ready for so long is not just starting. */
const STARTING_MS = 2 * 60_000;
/** Kinds of Kubernetes itself whose degradation is a fault of what was declared or of what it runs. */
const JUDGED = new Set([
    'apps/Deployment',
    'apps/StatefulSet',
    'apps/DaemonSet',
    'apps/ReplicaSet',
    '/ReplicationController',
    'batch/Job',
    'batch/CronJob',
    '/Pod',
    '/PersistentVolumeClaim',
    'apiextensions.k8s.io/CustomResourceDefinition'
]);
/**
 * What does not work now although nobody changed its declaration: workloads whose pods crash, cannot start or are not
 * ready for minutes, failed Jobs and pods, custom resources that call themselves failed. Does not wait; a rollout that
 * is under way is none of these.
 * @param objects as they live in the cluster
 */
async function findUnhealthy(cluster, objects, options = {}) {
    const now = options.now ?? new Date();
    const assess = { now, ...(options.checks ? { checks: options.checks } : {}) };
    const suspects = objects
        .filter((object) => options.checks?.covers(object) || isJudged(object))
        .map((object) => ({ object, health: assessHealth(object, assess) }))
        .filter(({ object, health }) => isSuspect(object, health));
    const lists = sharedLists(cluster, crowdedOf(suspects.map(({ object }) => (0,render_manifest/* namespaceOf */.N6)(object))));
    const found = await (0,concurrency/* mapConcurrent */._)(suspects, 4, async ({ object, health }) => {
        if (health?.status !== 'Degraded' && !(await hasLastingTrouble(lists, object, now)))
            return undefined;
        const { message, events, logs } = await diagnose(lists, object, { now, redact: options.redact ?? [], assess });
        return { resource: (0,describe/* resourceOf */.KU)(object), status: 'Degraded', message, events, logs };
    });
    return found.filter((one) => one !== undefined);
}
/** Namespaces with more than one suspect. */
function crowdedOf(namespaces) {
    const seen = new Set();
    return new Set(namespaces.filter((one) => one !== undefined).filter((one) => seen.has(one) || !seen.add(one)));
}
function isJudged(object) {
    return !isBuiltIn((0,render_manifest/* groupOf */.F8)(object)) || JUDGED.has(`${(0,render_manifest/* groupOf */.F8)(object)}/${object.kind}`);
}
/** A workload in progress is looked at closer: a crash loop leaves it so for ever. */
function isSuspect(object, health) {
    if (health === null || (0,json.at)(object, 'metadata', 'deletionTimestamp') != null)
        return false;
    if (health.status === 'Degraded')
        return true;
    return health.status === 'Progressing' && runsPods(object) && object.kind !== 'Job';
}
async function hasLastingTrouble(cluster, object, now) {
    const { pods, between } = await familyOf(cluster, object);
    if ([object, ...between].some((one) => refusalOf(one) !== undefined))
        return true;
    return pods.some((pod) => assessHealth(pod, { now })?.status === 'Degraded' || hasJustCrashed(pod) || isUnreadyForLong(pod, now));
}
/** Between two crashes a container runs for a moment, and nothing looks wrong. */
function hasJustCrashed(pod) {
    return containersOf(pod).some((container) => !container.ready && (container.lastEnded?.exitCode ?? 0) !== 0);
}
function isUnreadyForLong(pod, now) {
    if (!isPod(pod) || (0,json.at)(pod, 'metadata', 'deletionTimestamp') != null)
        return false;
    const ready = (0,health_status/* conditionOf */.rI)(pod, 'Ready');
    if (ready?.status === 'True' || (0,json.at)(pod, 'status', 'phase') === 'Succeeded')
        return false;
    const since = Math.max(createdAt(pod), Date.parse(ready?.lastTransitionTime || '') || 0);
    return now.getTime() - since > STARTING_MS;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/wait/patience.js
const PATIENCE = {
    crashes: 3,
    crashesBesideOthers: 5,
    secondChance: true,
    imageMs: 10_000,
    configMs: 15_000,
    schedulingMs: 30_000,
    refusalMs: 10_000,
    missingMs: 10_000,
    statusMs: 3_000,
    steadyMs: 3_000,
    degradedMs: 30_000,
    progressMs: 10_000
};

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/wait/trouble.js



/** Pods that were made this long before the wait belong to what was there before. */
const BEFORE_MS = 15_000;
/**
 * Judges pods over time: one crash that is recovered from, an image that comes at the second try or a node that is
 * being added must not fail a rollout. Remembers what it has seen of each container.
 */
class PodJudge {
    #started;
    #patience;
    #seen = new Map();
    constructor(started, patience) {
        this.#started = started;
        this.#patience = patience;
    }
    /**
     * @param retries whether a container that fails is retried by declaration (pods of a Job): then the Job's own limit
     *   decides
     */
    judge(pod, now, retries) {
        const containers = containersOf(pod);
        if ((0,health_status/* stringAt */.bX)(pod, 'status', 'phase') === 'Failed')
            return retries ? undefined : { kind: 'failed', message: pods_failureOf(pod, containers) };
        const unscheduled = this.#unscheduled(pod, now);
        if (unscheduled)
            return unscheduled;
        for (const container of containers) {
            const trouble = this.#container(pod, container, now, retries);
            if (trouble)
                return trouble;
        }
        return undefined;
    }
    #unscheduled(pod, now) {
        const scheduled = (0,health_status/* conditionOf */.rI)(pod, 'PodScheduled');
        const isStuck = scheduled?.status === 'False' && scheduled.reason === 'Unschedulable';
        const since = this.#lasting(this.#memoryOf(pod, undefined), isStuck ? 'unschedulable' : undefined, now);
        if (!isStuck || since === undefined || now - since < this.#patience.schedulingMs)
            return undefined;
        return { kind: 'unschedulable', message: `no node takes it: ${(0,health_status/* clause */.sb)(scheduled.message) || 'Unschedulable'}` };
    }
    #container(pod, container, now, retries) {
        const seen = this.#memoryOf(pod, container);
        const reason = container.waiting?.reason ?? '';
        const kind = IMAGE_PROBLEMS.has(reason) ? 'image' : CREATE_PROBLEMS.has(reason) ? 'config' : undefined;
        const since = this.#lasting(seen, kind, now);
        const message = describeContainer(container);
        if (kind === 'image') {
            if (reason === 'ImagePullBackOff')
                seen.imageBackedOff = true;
            else if (reason === 'ErrImagePull' && seen.imageBackedOff)
                seen.imageTriedAgain = true;
            const isHopeless = reason === 'InvalidImageName' || reason === 'ErrImageNeverPull' || seen.imageTriedAgain;
            return isHopeless || now - (since ?? now) >= this.#patience.imageMs ? { kind, message } : undefined;
        }
        if (kind === 'config')
            return now - (since ?? now) >= this.#patience.configMs ? { kind, message } : undefined;
        if (retries || !this.#isCrashLoop(container, seen))
            return undefined;
        const ends = container.restarts - seen.restartsBefore + (seen.existedBefore ? 0 : 1);
        const mayPass = ends < this.#patience.crashesBesideOthers && this.#patience.secondChance;
        return { kind: 'crash', message, ...(mayPass ? { mayPass } : {}) };
    }
    /**
     * Ends with an error within the rollout. A pod that was there before may have been crashing for a reason that the
     * deploy has just removed (a Secret, a database): it gets one more chance.
     */
    #isCrashLoop(container, seen) {
        const isDown = container.waiting?.reason === 'CrashLoopBackOff' || (container.ended?.exitCode ?? 0) !== 0;
        if (!isDown || container.ready)
            return false;
        const last = container.ended ?? container.lastEnded;
        if (last === undefined || (last.exitCode === 0 && container.waiting?.reason !== 'CrashLoopBackOff'))
            return false;
        const restarts = container.restarts - seen.restartsBefore;
        if (seen.existedBefore && !this.#patience.secondChance)
            return container.restarts + 1 >= this.#patience.crashes;
        return seen.existedBefore
            ? restarts >= 1 && container.restarts + 1 >= this.#patience.crashes
            : restarts + 1 >= this.#patience.crashes;
    }
    #memoryOf(pod, container) {
        const key = `${uidOf(pod) || pod.metadata.name}/${container ? `${container.init}/${container.name}` : ''}`;
        const known = this.#seen.get(key);
        if (known)
            return known;
        const existedBefore = createdAt(pod) < this.#started - BEFORE_MS;
        const seen = {
            existedBefore,
            restartsBefore: existedBefore && container ? container.restarts : 0,
            trouble: undefined,
            imageBackedOff: false,
            imageTriedAgain: false
        };
        this.#seen.set(key, seen);
        return seen;
    }
    /** Since when a kind of trouble has lasted without a break. */
    #lasting(seen, key, now) {
        if (key === undefined)
            seen.trouble = undefined;
        else if (seen.trouble?.key !== key)
            seen.trouble = { key, since: now };
        return seen.trouble?.since;
    }
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/wait/failures.js








/** Events from before the wait by more than this are those of an earlier rollout. */
const failures_BEFORE_MS = 15_000;
const lost = (message) => ({ message, mayPass: false });
/** Finds out that an object will not become healthy by waiting. */
class FailureFinder {
    #patience;
    #started;
    #pods;
    #inquiries;
    #judge;
    /** Since when an object without pods has been degraded, by UID. */
    #degraded = new Map();
    /** Since when a workload that is refused pods has stood still, by UID. */
    #stalled = new Map();
    constructor(patience, started, pods, inquiries) {
        this.#patience = patience;
        this.#started = started;
        this.#pods = pods;
        this.#inquiries = inquiries;
        this.#judge = new PodJudge(started, patience);
    }
    /**
     * Why an object is lost; undefined while there is hope.
     * @param early also what could still mend, but hardly will (a crash loop): else only what is over for good
     */
    find(object, health, now, early) {
        const isFinal = (object.kind === 'Job' && (0,render_manifest/* groupOf */.F8)(object) === 'batch') || isPod(object);
        if (isFinal && health.status === 'Degraded' && isOver(object))
            return lost(health.message);
        // The state of pods is remembered from the start on, whether it is acted upon or not.
        const trouble = this.#podTrouble(object, now);
        if (!early || (0,json.at)(object, 'metadata', 'deletionTimestamp') != null)
            return undefined;
        if (trouble !== undefined)
            return trouble;
        const since = this.#degradedFor(object, health, now);
        if (!isObserved(object))
            return undefined;
        if (since > this.#patience.degradedMs)
            return { message: health.message, mayPass: true };
        if (object.kind === 'Deployment' && this.#isOverdue(object))
            return lost(health.message);
        const refusal = this.#refusal(object, now);
        return refusal === undefined ? undefined : lost(refusal);
    }
    /** How long (milliseconds) an object without pods has been degraded without a break. */
    #degradedFor(object, health, now) {
        const uid = uidOf(object);
        if (health.status !== 'Degraded' || runsPods(object) || isPod(object)) {
            this.#degraded.delete(uid);
            return 0;
        }
        const since = this.#degraded.get(uid) ?? now;
        this.#degraded.set(uid, since);
        return now - since;
    }
    /**
     * The rollout has exceeded its own deadline. Where that was before the wait, what was deployed meanwhile may have
     * removed the cause (a Secret, a quota): its pods tell.
     */
    #isOverdue(object) {
        const rollout = (0,health_status/* conditionOf */.rI)(object, 'Progressing');
        if (rollout?.reason !== 'ProgressDeadlineExceeded')
            return false;
        return !this.#patience.secondChance || !(Date.parse(rollout.lastTransitionTime) < this.#started);
    }
    /** What holds the first of an object's pods up, for progress lines; undefined where no pod is known or all is well. */
    hint(object, now) {
        if (!runsPods(object))
            return undefined;
        for (const pod of this.#pods.of(object)) {
            const health = assessHealth(pod, { now: new Date(now) });
            if (health && health.status !== 'Healthy')
                return `pod ${pod.metadata.name}: ${health.message}`;
        }
        return undefined;
    }
    #podTrouble(object, now) {
        if (!isPod(object) && !runsPods(object))
            return undefined;
        const pods = isPod(object) ? [object] : this.#pods.of(object);
        let found;
        for (const pod of pods) {
            const trouble = this.#judge.judge(pod, now, object.kind === 'Job');
            if (trouble === undefined)
                continue;
            if (trouble.kind === 'unschedulable' && this.#inquiries.isScalingUpFor(pod) !== false)
                continue;
            const message = isPod(object) ? trouble.message : `pod ${pod.metadata.name}: ${trouble.message}`;
            if (!trouble.mayPass)
                return lost(message);
            found ??= { message, mayPass: true };
        }
        return found;
    }
    /** Quota or admission keep pods from being made, and nothing has moved for a while. */
    #refusal(object, now) {
        const gap = missingPods(object);
        if (gap === undefined || gap <= 0) {
            this.#stalled.delete(uidOf(object));
            return undefined;
        }
        const counts = countsOf(object);
        const known = this.#stalled.get(uidOf(object));
        const stalled = known?.counts === counts ? known : { counts, since: now };
        this.#stalled.set(uidOf(object), stalled);
        if (now - stalled.since < this.#patience.refusalMs)
            return undefined;
        const reason = object.kind === 'Deployment' || object.kind === 'ReplicaSet' || object.kind === 'ReplicationController'
            ? refusalOf(object)
            : this.#inquiries.refusalOf(object, this.#started - failures_BEFORE_MS);
        return reason ? `its pods are refused: ${reason}` : undefined;
    }
}
/** How a Job that is gone has ended: '' for success, the reason of its failure, undefined when nobody knows (yet). */
function failureOfJob(ref, last, inquiries) {
    const health = last && jobHealth(last);
    if (health?.status === 'Healthy')
        return '';
    if (health?.status === 'Degraded')
        return health.message;
    const end = inquiries.endOf(ref, last ? uidOf(last) : '');
    if (end === 'complete')
        return '';
    if (end === 'failed')
        return 'Failed, and deleted since';
    // Kubernetes itself deletes a Job with a time to live only when it has finished, and a failure leaves an event.
    const isTemporary = last !== undefined && (0,json.at)(last, 'spec', 'ttlSecondsAfterFinished') !== undefined;
    return end === 'unknown' && isTemporary ? '' : undefined;
}
/** Whether nothing will happen to an object any more. */
function isOver(object) {
    if (object['kind'] === 'Pod')
        return (0,json.at)(object, 'status', 'phase') === 'Failed';
    return true;
}
/** How many pods are wanted and not there; undefined for what runs none. */
function missingPods(object) {
    if (!runsPods(object))
        return undefined;
    switch (object.kind) {
        case 'Deployment':
            return (0,health_status/* integerAt */.OW)(object, 1, 'spec', 'replicas') - (0,health_status/* integerAt */.OW)(object, 0, 'status', 'updatedReplicas');
        case 'DaemonSet':
            return ((0,health_status/* integerAt */.OW)(object, 0, 'status', 'desiredNumberScheduled') -
                (0,health_status/* integerAt */.OW)(object, 0, 'status', 'currentNumberScheduled'));
        case 'Job': {
            const made = ['active', 'succeeded', 'failed'].map((field) => (0,health_status/* integerAt */.OW)(object, 0, 'status', field));
            return made.some((number) => number > 0) ? 0 : 1;
        }
        default:
            return (0,health_status/* integerAt */.OW)(object, 1, 'spec', 'replicas') - (0,health_status/* integerAt */.OW)(object, 0, 'status', 'replicas');
    }
}
function countsOf(object) {
    return [
        'replicas',
        'updatedReplicas',
        'readyReplicas',
        'currentNumberScheduled',
        'updatedNumberScheduled',
        'numberReady'
    ]
        .map((field) => (0,health_status/* integerAt */.OW)(object, 0, 'status', field))
        .join('/');
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/wait/inquiries.js


/** How soon the same question is asked again. */
const ASK_AGAIN_MS = 5_000;
/**
 * Questions that only events or another object can answer, asked beside the watches when there is a reason to, and
 * each at most every few seconds. Answers are undefined until they are there.
 */
class Inquiries {
    #cluster;
    #onAnswer;
    #asked = new Map();
    constructor(cluster, onAnswer) {
        this.#cluster = cluster;
        this.#onAnswer = onAnswer;
    }
    /** Why the API server has refused pods of a workload since a time; '' when it has not. */
    refusalOf(workload, since) {
        return this.#ask(`refusal ${inquiries_keyOf(workload)}`, async () => {
            const events = await eventsAbout(this.#cluster, namespaceOf(workload), subjectsOf([workload]));
            const refusal = events.findLast((event) => event.reason === 'FailedCreate' && event.last >= since);
            return refusal ? (0,health_status/* clause */.sb)(refusal.message) : '';
        });
    }
    /** Whether an autoscaler is adding a node for a pod (cluster-autoscaler, Karpenter). */
    isScalingUpFor(pod) {
        return this.#ask(`scaling ${inquiries_keyOf(pod)}`, async () => {
            const events = await eventsAbout(this.#cluster, namespaceOf(pod), subjectsOf([pod]), 'all');
            return events.some((event) => event.reason === 'TriggeredScaleUp' || event.reason === 'Nominated');
        });
    }
    /**
     * How a Job ended that is not there any more. Events outlive the object.
     * @param uid of the Job, '' when it was never seen: events of an earlier one of the same name tell nothing
     */
    endOf(job, uid) {
        return this.#ask(`end ${job.namespace ?? ''}/${job.name} ${uid}`, async () => {
            const subject = { kind: 'Job', name: job.name, uid };
            const events = await eventsAbout(this.#cluster, job.namespace ?? '', [subject], 'all');
            const last = events.findLast((event) => JOB_ENDS[event.reason] !== undefined);
            return (last && JOB_ENDS[last.reason]) ?? 'unknown';
        });
    }
    /** Whether a claim's volume is only made when a pod uses it (`volumeBindingMode: WaitForFirstConsumer`). */
    isBoundByConsumer(claim) {
        const name = (0,health_status/* stringAt */.bX)(claim, 'spec', 'storageClassName');
        if (name === '')
            return false;
        return this.#ask(`class ${name}`, async () => {
            const found = await this.#cluster.get({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', name });
            return (0,health_status/* stringAt */.bX)(found, 'volumeBindingMode') === 'WaitForFirstConsumer';
        });
    }
    #ask(key, question) {
        const known = this.#asked.get(key);
        const now = performance.now();
        if (known === undefined || now - known.at > ASK_AGAIN_MS) {
            const entry = { at: now, answer: known?.answer };
            this.#asked.set(key, entry);
            question().then((answer) => {
                entry.answer = answer;
                this.#onAnswer();
            }, () => { } // no answer is an answer too: the object itself still tells
            );
        }
        // The key holds the question's name, and each question has one type of answer.
        return known?.answer;
    }
}
/** Reasons of the job controller's events. */
const JOB_ENDS = {
    Completed: 'complete',
    BackoffLimitExceeded: 'failed',
    DeadlineExceeded: 'failed',
    PodFailurePolicy: 'failed',
    FailedIndexes: 'failed',
    MaxFailedIndexesExceeded: 'failed'
};
function inquiries_keyOf(object) {
    return `${object.kind} ${namespaceOf(object)}/${object.metadata.name}`;
}
function namespaceOf(object) {
    return (0,health_status/* stringAt */.bX)(object, 'metadata', 'namespace');
}

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./src/targets/kubernetes/health/wait/live-set.js





/** Pause after a watch that failed: doubled up to the limit. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;
/** A watch that lasts so long has been accepted. */
const WORKING_MS = 1_000;
/** Between two lists where watching is not allowed. */
const ASK_EVERY_MS = 3_000;
/**
 * The objects of one resource type in one scope, kept up to date by a watch: one LIST, then events. Lists anew when
 * the watch has expired, goes on after lost connections and restarts of the API server.
 */
class LiveSet {
    #options;
    #objects = new Map();
    /** Objects that were there once and have been deleted since, as last seen. */
    #deleted = new Map();
    #index;
    #resourceVersion;
    #refusal;
    constructor(options) {
        this.#options = options;
    }
    /** Why the API server lets us neither watch nor list any more, or undefined. */
    get refusal() {
        return this.#refusal;
    }
    get(namespace, name) {
        return this.#objects.get(live_set_keyOf(namespace, name));
    }
    /** The last state of an object that was deleted while we looked. */
    deleted(namespace, name) {
        return this.#deleted.get(live_set_keyOf(namespace, name));
    }
    /** The objects by their controller; the index is made once per change. */
    byController() {
        this.#index ??= byController(this.#objects.values());
        return this.#index;
    }
    /** Lists everything. @throws ApiError, GitOpsError as the cluster does */
    async load() {
        const { cluster, resource, scope, keep } = this.#options;
        const list = await cluster.list(resource, scope);
        const found = new Map();
        for (const object of list.items)
            if (!keep || keep(object))
                found.set(keyOfObject(object), object);
        for (const [key, object] of this.#objects)
            if (!found.has(key))
                this.#deleted.set(key, object);
        this.#index = undefined;
        this.#objects.clear();
        for (const [key, object] of found) {
            this.#objects.set(key, object);
            this.#deleted.delete(key);
        }
        this.#resourceVersion = list.resourceVersion;
    }
    /** Keeps the set up to date until `signal` aborts. Never rejects. */
    async follow(signal) {
        let failures = 0;
        while (!signal.aborted) {
            try {
                if (this.#resourceVersion === undefined) {
                    await this.load();
                    this.#options.onChange();
                }
                const started = performance.now();
                await this.#watch(signal, () => {
                    failures = 0;
                    this.#options.onTrouble(undefined);
                });
                // A server that ends every watch at once must not be asked without a pause.
                if (performance.now() - started < FIRST_PAUSE_MS)
                    await pause(FIRST_PAUSE_MS, signal);
            }
            catch (error) {
                if (signal.aborted)
                    return;
                this.#resourceVersion = undefined;
                if (error instanceof kubernetes_cluster/* ApiError */.hD && error.code === 403) {
                    await this.#ask(signal);
                    return;
                }
                failures++;
                this.#options.onTrouble((0,errors/* messageOf */.b)(error));
                await pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1)), signal);
            }
        }
    }
    /** For credentials that may list but not watch: lists from time to time. */
    async #ask(signal) {
        while (!signal.aborted) {
            try {
                await this.load();
                this.#options.onTrouble(undefined);
            }
            catch (error) {
                if (signal.aborted)
                    return;
                if (error instanceof kubernetes_cluster/* ApiError */.hD && error.code === 403)
                    this.#refusal = error;
                this.#options.onTrouble((0,errors/* messageOf */.b)(error));
                if (this.#refusal)
                    return;
            }
            this.#options.onChange();
            await pause(ASK_EVERY_MS, signal);
        }
    }
    /** @param onWorking called once the watch has shown that it works: by an event, or by lasting a while */
    async #watch(signal, onWorking) {
        const timer = setTimeout(onWorking, WORKING_MS);
        try {
            await this.#receive(signal, () => {
                clearTimeout(timer);
                onWorking();
            });
        }
        finally {
            clearTimeout(timer);
        }
    }
    async #receive(signal, onEvent) {
        const { cluster, resource, scope, keep, onChange } = this.#options;
        const resourceVersion = this.#resourceVersion ?? '';
        for await (const event of cluster.watch(resource, { ...scope, resourceVersion }, signal)) {
            if (event.type === 'EXPIRED') {
                this.#resourceVersion = undefined;
                return;
            }
            onEvent();
            const { object } = event;
            const seen = (0,health_status/* stringAt */.bX)(object, 'metadata', 'resourceVersion');
            if (seen !== '')
                this.#resourceVersion = seen;
            if (keep && !keep(object))
                continue;
            const key = keyOfObject(object);
            this.#index = undefined;
            if (event.type === 'DELETED') {
                this.#objects.delete(key);
                this.#deleted.set(key, object);
            }
            else {
                this.#objects.set(key, object);
                this.#deleted.delete(key);
            }
            onChange();
        }
    }
}
function live_set_keyOf(namespace, name) {
    return `${namespace ?? ''}/${name}`;
}
function keyOfObject(object) {
    return live_set_keyOf((0,health_status/* stringAt */.bX)(object, 'metadata', 'namespace') || undefined, object.metadata.name);
}
async function pause(ms, signal) {
    await (0,promises_.setTimeout)(ms, undefined, { signal }).catch(() => { });
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/wait/pods.js



/** From so many workloads in a namespace on, all its pods are followed at once. */
const MANY_WORKLOADS = 5;
/**
 * Follows the pods of workloads that are not healthy yet, and of Deployments the ReplicaSets. Where the credentials do
 * not allow it, there is nothing to see and the wait goes by the workloads alone.
 */
class PodWatch {
    #cluster;
    #signal;
    #onChange;
    #sets = new Map();
    #ready = new Map();
    #resources;
    #workloads = new Map();
    constructor(cluster, signal, onChange) {
        this.#cluster = cluster;
        this.#signal = signal;
        this.#onChange = onChange;
    }
    /** Tells how many workloads each namespace has that may be asked about. */
    announce(workloads) {
        this.#workloads = new Map();
        for (const workload of workloads) {
            const namespace = (0,health_status/* stringAt */.bX)(workload, 'metadata', 'namespace');
            this.#workloads.set(namespace, (this.#workloads.get(namespace) ?? 0) + 1);
        }
    }
    /** The pods of a workload's present revision as far as they are known by now; the first call starts to follow them. */
    of(workload) {
        if (!runsPods(workload))
            return [];
        const scope = this.#scopeOf(workload);
        if (scope === undefined)
            return [];
        const key = `${scope.namespace ?? ''} ${scope.labelSelector ?? ''} ${workload.kind === 'Deployment'}`;
        const sets = this.#ready.get(key);
        if (sets)
            return podsOfRevision(workload, sets.pods.byController(), sets.replicaSets?.byController() ?? (() => []));
        if (!this.#sets.has(key))
            this.#sets.set(key, this.#start(key, scope, workload.kind === 'Deployment'));
        return [];
    }
    #scopeOf(workload) {
        const namespace = (0,health_status/* stringAt */.bX)(workload, 'metadata', 'namespace');
        if ((this.#workloads.get(namespace) ?? 0) > MANY_WORKLOADS)
            return { namespace };
        const labelSelector = selectorOf(workload);
        return labelSelector === undefined ? undefined : { namespace, labelSelector };
    }
    async #start(key, scope, withReplicaSets) {
        try {
            this.#resources ??= this.#discover();
            const resources = await this.#resources;
            if (!resources.pods)
                return undefined;
            const pods = this.#set(resources.pods, scope);
            const replicaSets = withReplicaSets && resources.replicaSets ? this.#set(resources.replicaSets, scope) : undefined;
            await Promise.all([pods.load(), replicaSets?.load()]);
            if (this.#signal.aborted)
                return undefined;
            void pods.follow(this.#signal);
            void replicaSets?.follow(this.#signal);
            const sets = { pods, replicaSets };
            this.#ready.set(key, sets);
            this.#onChange();
            return sets;
        }
        catch {
            return undefined; // not allowed, or not reachable now: the workload itself still tells whether it is healthy
        }
    }
    #set(resource, scope) {
        return new LiveSet({
            cluster: this.#cluster,
            resource,
            scope,
            onChange: this.#onChange,
            onTrouble: () => { }
        });
    }
    async #discover() {
        const [pods, replicaSets] = await Promise.all([
            this.#cluster.resourceFor('v1', 'Pod'),
            this.#cluster.resourceFor('apps/v1', 'ReplicaSet')
        ]);
        return { pods, replicaSets };
    }
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/wait/progress.js


/** Up to so many objects are reported one by one when they become healthy. */
const FEW = 20;
/** Quick rollouts are over before anybody wonders. */
const SILENCE_MS = 3_000;
/** Objects named in a progress report. */
const SHOWN = 5;
/** Says what a wait still waits for: soon after the start, then at intervals, and when single objects get there. */
class Progress {
    #log;
    #started;
    #interval;
    #redact;
    #next;
    #lastText = '';
    #hasBegun = false;
    #troubled = new Set();
    constructor(options, interval) {
        this.#log = options.log;
        this.#started = options.started;
        this.#redact = options.redact ?? [];
        this.#interval = interval;
        this.#next = options.started + Math.min(SILENCE_MS, interval);
    }
    begin(pending, seconds) {
        this.#hasBegun = true;
        if (pending > 0)
            this.#log.info(`Waiting up to ${seconds} s for ${pending} object${pending === 1 ? '' : 's'} to become healthy`);
    }
    reached(name, message, total, now) {
        const line = `${name} is healthy after ${((now - this.#started) / 1000).toFixed(1)} s: ${safeLine(message, this.#redact)}`;
        if (total <= FEW)
            this.#log.info(line);
        else
            this.#log.debug(line);
    }
    tick(pending, now) {
        if (!this.#hasBegun || now < this.#next || pending.length === 0)
            return;
        this.#next = now + this.#interval;
        const seconds = Math.round((now - this.#started) / 1000);
        const shown = pending.slice(0, SHOWN).map((one) => `${one.name}: ${safeLine(one.message(), this.#redact)}`);
        const text = shown.join('\n');
        // The same again is worth a line only so that a reader sees that the run is alive.
        if (text === this.#lastText)
            this.#log.info(`Still waiting after ${seconds} s`);
        else if (shown.length === 1 && pending.length === 1)
            this.#log.info(`Waiting after ${seconds} s for ${text}`);
        else {
            this.#log.info(`Waiting after ${seconds} s for ${pending.length} objects:`);
            for (const line of shown)
                this.#log.info(`  ${line}`);
            if (pending.length > SHOWN)
                this.#log.info(`  and ${pending.length - SHOWN} more`);
        }
        this.#lastText = text;
    }
    /** One of the sources cannot be kept up to date, or can again (undefined). Said once for all of them. */
    trouble(source, problem) {
        const before = this.#troubled.size;
        if (problem === undefined)
            this.#troubled.delete(source);
        else
            this.#troubled.add(source);
        if (before === 0 && problem !== undefined)
            this.#log.info(`The API server does not answer; the wait goes on: ${(0,health_status/* clause */.sb)(problem)}`);
        if (before > 0 && this.#troubled.size === 0)
            this.#log.info('The API server answers again');
    }
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/wait/scopes.js
/** From so many namespaces on, one list over all of them is cheaper than one each. */
const MANY_NAMESPACES = 8;
/**
 * How to list the objects of one resource type with few requests and little data: a single object by its name, several
 * by their namespace, those of many namespaces all at once.
 */
function scopesOf(resource, refs) {
    const groups = Map.groupBy(refs, (ref) => (resource.namespaced ? (ref.namespace ?? '') : ''));
    if (groups.size > MANY_NAMESPACES)
        return [{ resource, options: {}, refs }];
    return [...groups].map(([namespace, members]) => ({
        resource,
        options: { ...(namespace === '' ? {} : { namespace }), ...(single(members) ?? {}) },
        refs: members
    }));
}
/** The same scope, namespace by namespace: for credentials that may not list across them. */
function narrowed(scope) {
    return [...Map.groupBy(scope.refs, (ref) => ref.namespace ?? '')].map(([namespace, members]) => ({
        resource: scope.resource,
        options: { namespace, ...(single(members) ?? {}) },
        refs: members
    }));
}
function single(refs) {
    const [only] = refs;
    return refs.length === 1 && only ? { fieldSelector: `metadata.name=${only.name}` } : undefined;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/wait/settled.js





/**
 * Healthy, or as good as waiting can make it: suspended by declaration, a CronJob whose earlier runs failed, a claim
 * that waits for its first pod, an autoscaler that has no metrics yet.
 */
function settlementOf(object, health, inquiries, checks) {
    if (health.status === 'Healthy')
        return { settled: true };
    if (health.status === 'Suspended')
        return { settled: true, note: health.message };
    if ((0,json.at)(object, 'metadata', 'deletionTimestamp') != null || checks?.covers(object))
        return { settled: false };
    switch (`${(0,render_manifest/* groupOf */.F8)(object)}/${object.kind}`) {
        case 'batch/CronJob':
            return { settled: true, note: `${health.message}; the next run will tell`, isWarning: true };
        case 'autoscaling/HorizontalPodAutoscaler':
            // It looks at its target every 15 s only, and metrics need a minute: what counts is that there is a target.
            if ((0,health_status/* conditionOf */.rI)(object, 'AbleToScale')?.status === 'False')
                return { settled: false };
            return health.status === 'Degraded' ? { settled: true, note: health.message, isWarning: true } : { settled: true };
        case '/PersistentVolumeClaim':
            return { settled: inquiries.isBoundByConsumer(object) === true };
        default:
            return { settled: false };
    }
}
/**
 * Whether "healthy" needs a moment to be believed: pods whose containers have no readiness probe are ready as soon as
 * they run, so only time tells whether they crash at start.
 */
function needsToBeSteady(object) {
    if (!isPod(object) && (!runsPods(object) || object.kind === 'Job'))
        return false;
    if ((0,health_status/* integerAt */.OW)(object, 1, 'spec', 'replicas') === 0 || (0,health_status/* integerAt */.OW)(object, 0, 'spec', 'minReadySeconds') > 0)
        return false;
    const spec = isPod(object) ? (0,json.at)(object, 'spec') : (0,json.at)(object, 'spec', 'template', 'spec');
    return ((0,json/* asList */.DD)((0,json.at)(spec, 'containers')) ?? []).some((container) => (0,json.at)(container, 'readinessProbe') === undefined);
}
/**
 * Whether a custom resource has just been made and its controller may not have got to it: its type has a status, and
 * it has none.
 */
function isUntouched(object, resource, started) {
    if (isBuiltIn((0,render_manifest/* groupOf */.F8)(object)) || !resource.subresources.includes('status'))
        return false;
    return (0,json.at)(object, 'status') === undefined && createdAt(object) > started - 60_000;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/wait/session.js















/** Changes come in bursts: they are judged together. */
const BURST_MS = 50;
/** Rules about how long something lasts are looked at this often. Nothing is asked of the API server by that. */
const TICK_MS = 500;
/** After a first failure, others of the same cause follow at once: they belong into the same report. */
const COLLECT_MS = 1_000;
/** Even when the time is over already, everything is looked at once. */
const SHORTEST_MS = 1_000;
/** One wait: holds what is watched, judges it whenever it changes, knows when it is over. */
class Session {
    waited;
    #cluster;
    #options;
    #stop = new AbortController();
    #inquiries;
    #pods;
    #failures;
    #progress;
    #over = () => { };
    #broken = () => { };
    #burst;
    #failedAt;
    constructor(cluster, refs, options) {
        this.#cluster = cluster;
        this.#options = options;
        this.waited = refs.map((ref) => ({
            ref,
            resource: undefined,
            set: undefined,
            object: undefined,
            health: (0,health_status/* progressing */.OP)('It has not been read yet'),
            settled: false,
            failure: undefined,
            doubt: undefined,
            wasPending: false,
            healthySince: undefined,
            missingSince: undefined,
            note: undefined
        }));
        this.#inquiries = new Inquiries(cluster, () => this.#changed());
        this.#pods = new PodWatch(cluster, this.#stop.signal, () => this.#changed());
        this.#failures = new FailureFinder(options.patience, options.started, this.#pods, this.#inquiries);
        this.#progress = new Progress(options, options.patience.progressMs);
    }
    async run() {
        const { signal, deadline } = this.#options;
        if (signal?.aborted)
            return 'cancelled';
        let tick;
        let timeout;
        const cancel = () => this.#over('cancelled');
        try {
            return await new Promise((resolve, reject) => {
                this.#over = resolve;
                this.#broken = reject;
                signal?.addEventListener('abort', cancel, { once: true });
                timeout = setTimeout(() => this.#over(this.#isHealthyAtLast() ? 'healthy' : 'timed-out'), Math.max(deadline, SHORTEST_MS));
                this.#begin().then(() => {
                    if (this.#stop.signal.aborted)
                        return;
                    tick = setInterval(() => this.#judge(), TICK_MS);
                }, reject);
            });
        }
        finally {
            signal?.removeEventListener('abort', cancel);
            clearTimeout(timeout);
            clearTimeout(this.#burst);
            this.#stop.abort();
            clearInterval(tick);
            this.#tellNotes();
        }
    }
    #tellNotes() {
        const { log, redact } = this.#options;
        for (const { ref, settled, note } of this.waited) {
            if (!settled || note?.note === undefined)
                continue;
            const line = `${nameOfRef(ref)}: ${safeLine(note.note, redact)}`;
            if (note.isWarning)
                log.warning(line);
            else
                log.info(line);
        }
    }
    /** Reads everything once; follows what is not settled by then. */
    async #begin() {
        await this.#findTypes();
        const types = Map.groupBy(this.waited.filter((one) => one.resource !== undefined), (one) => `${one.resource?.group}/${one.resource?.version}/${one.resource?.plural}`);
        const scopes = [...types.values()].flatMap((members) => {
            const resource = members[0]?.resource;
            return resource === undefined
                ? []
                : scopesOf(resource, members.map((one) => one.ref));
        });
        await (0,concurrency/* mapConcurrent */._)(scopes, 8, (scope) => this.#load(scope));
        if (this.#stop.signal.aborted)
            return;
        this.#judge();
        const pending = this.waited.filter((one) => !one.settled);
        this.#progress.begin(pending.length, Math.round(this.#options.deadline / 1000));
        for (const set of new Set(pending.map((one) => one.set)))
            void set?.follow(this.#stop.signal);
    }
    /** A type that the server did not know a moment ago may come from a CRD of this very deploy. */
    async #findTypes() {
        const unknown = async () => {
            for (const one of this.waited)
                one.resource ??= await this.#cluster.resourceFor(one.ref.apiVersion, one.ref.kind);
            return this.waited.some((one) => one.resource === undefined);
        };
        if (!(await unknown()))
            return;
        this.#cluster.refreshDiscovery();
        await unknown();
    }
    async #load(scope) {
        const names = new Set(scope.refs.map((ref) => `${ref.namespace ?? ''}/${ref.name}`));
        const set = new LiveSet({
            cluster: this.#cluster,
            resource: scope.resource,
            scope: scope.options,
            keep: (object) => names.has(`${namespaceIn(scope.resource, object)}/${object.metadata.name}`),
            onChange: () => this.#changed(),
            onTrouble: (problem) => this.#progress.trouble(set, problem)
        });
        try {
            await set.load();
        }
        catch (error) {
            const isTooWide = scope.resource.namespaced && scope.options.namespace === undefined;
            if (!isTooWide || !(error instanceof kubernetes_cluster/* ApiError */.hD) || error.code !== 403)
                throw error;
            await (0,concurrency/* mapConcurrent */._)(narrowed(scope), 8, (part) => this.#load(part));
            return;
        }
        const members = new Set(scope.refs);
        for (const one of this.waited)
            if (members.has(one.ref))
                one.set = set;
    }
    #changed() {
        if (this.#burst !== undefined || this.#stop.signal.aborted)
            return;
        this.#burst = setTimeout(() => {
            this.#burst = undefined;
            this.#judge();
        }, 
        // The more there is to judge, the more changes are judged at once.
        Math.min(TICK_MS, BURST_MS + this.waited.length / 4));
    }
    #judge() {
        if (this.#stop.signal.aborted)
            return;
        try {
            this.#judgeAll();
        }
        catch (error) {
            this.#broken(error);
        }
    }
    #judgeAll() {
        const now = Date.now();
        this.#pods.announce(this.waited.flatMap((one) => (!one.settled && one.object ? [one.object] : [])).filter(runsPods));
        for (const one of this.waited)
            this.#judgeOne(one, now);
        const pending = this.waited.filter((one) => !one.settled);
        const isStarting = (one) => one.failure === undefined && one.doubt === undefined;
        // Nothing else is on its way that could help, or the wait ends anyway.
        if (!pending.some(isStarting) || pending.some((one) => one.failure !== undefined))
            for (const one of pending)
                one.failure ??= one.doubt;
        const failed = pending.filter((one) => one.failure !== undefined);
        if (pending.length === 0)
            this.#over('healthy');
        else if (failed.length === pending.length)
            this.#over('failed');
        else if (failed.length > 0 && this.#options.failFast) {
            this.#failedAt ??= now;
            if (now - this.#failedAt >= COLLECT_MS)
                this.#over('failed');
        }
        else
            this.#failedAt = undefined;
        this.#progress.tick(pending.map((one) => ({ name: nameOfRef(one.ref), message: () => this.#stateOf(one, now) })), now);
    }
    #stateOf(one, now) {
        const trouble = one.failure ?? one.doubt;
        if (trouble !== undefined)
            return trouble;
        if (one.healthySince !== undefined)
            return 'healthy, to stay so for a moment';
        const hint = one.object && this.#failures.hint(one.object, now);
        return hint === undefined ? one.health.message : `${one.health.message} (${hint})`;
    }
    #judgeOne(one, now) {
        const was = one.settled;
        one.failure = undefined;
        one.doubt = undefined;
        one.note = undefined;
        one.settled = false;
        const object = one.set?.get(namespaceOfRef(one), one.ref.name);
        if (object === undefined)
            this.#judgeMissing(one, now);
        else
            this.#judgePresent(one, object, now);
        if (!one.settled)
            one.wasPending = true;
        else if (!was && one.wasPending)
            this.#progress.reached(nameOfRef(one.ref), one.health.message, this.waited.length, now);
    }
    #judgePresent(one, object, now) {
        const { patience, started, assess, failFast } = this.#options;
        one.object = object;
        one.missingSince = undefined;
        one.health = assessHealth(object, { ...assess, now: new Date(now) }) ?? (0,health_status/* healthy */.s2)('In place');
        const settlement = settlementOf(object, one.health, this.#inquiries, assess?.checks);
        one.note = settlement;
        if (!settlement.settled) {
            one.healthySince = undefined;
            const lost = this.#failures.find(object, one.health, now, failFast);
            if (lost?.mayPass)
                one.doubt = lost.message;
            else
                one.failure = lost?.message;
            return;
        }
        one.healthySince ??= now;
        const wait = one.wasPending && needsToBeSteady(object)
            ? one.healthySince + patience.steadyMs
            : // What was not changed will not get a status now that it has lived without so far.
                patience.secondChance && one.resource && isUntouched(object, one.resource, started)
                    ? started + patience.statusMs
                    : 0;
        one.settled = now >= wait;
    }
    /** A Job may be gone because it is done (`ttlSecondsAfterFinished`); anything else should be there. */
    #judgeMissing(one, now) {
        one.missingSince ??= now;
        const last = one.set?.deleted(namespaceOfRef(one), one.ref.name) ?? one.object;
        if (one.ref.kind === 'Job' && (0,render_manifest/* groupOf */.F8)(one.ref) === 'batch') {
            const outcome = failureOfJob(one.ref, last, this.#inquiries);
            if (outcome !== undefined) {
                one.settled = outcome === '';
                one.failure = outcome || undefined;
                one.health = outcome === '' ? (0,health_status/* healthy */.s2)('Completed, and deleted since') : (0,health_status/* degraded */.$o)(outcome);
                return;
            }
        }
        one.object = undefined;
        const message = one.resource === undefined
            ? `The API server does not know the kind ${one.ref.kind} of ${one.ref.apiVersion}`
            : last === undefined
                ? 'It does not exist'
                : 'It was deleted while it was waited for';
        one.health = { status: 'Missing', message };
        if (this.#options.failFast && now - one.missingSince >= this.#options.patience.missingMs)
            one.failure = message;
    }
    /** At the deadline, what only had to prove that it stays healthy counts as healthy. */
    #isHealthyAtLast() {
        for (const one of this.waited)
            if (one.healthySince !== undefined && one.failure === undefined)
                one.settled = true;
        return this.waited.length > 0 && this.waited.every((one) => one.settled);
    }
}
function namespaceIn(resource, object) {
    const namespace = (0,json.at)(object, 'metadata', 'namespace');
    return resource.namespaced && typeof namespace === 'string' ? namespace : '';
}
/** Cluster-scoped objects are found without a namespace, whatever the reference says. */
function namespaceOfRef(one) {
    return one.resource?.namespaced === false ? undefined : one.ref.namespace;
}
function nameOfRef(ref) {
    return (0,health_status/* nameOf */.Vb)({ ...ref, metadata: { ...ref } });
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/wait/index.js








/** How long the diagnosis of all failures together may take. */
const DIAGNOSIS_MS = 20_000;
/** So many failures are diagnosed; more only make the report longer. */
const DIAGNOSED = 10;
/**
 * Waits until all objects are healthy (or suspended by declaration): by watches, with one deadline. Lost connections
 * and restarts of the API server are waited out. Never throws for an object that does not become healthy.
 * @throws ApiError, GitOpsError when the objects cannot be read at all
 */
async function waitUntilHealthy(cluster, refs, options) {
    const started = Date.now();
    const patience = { ...PATIENCE, ...options.patience };
    const known = new Map((options.known ?? []).map((object) => [(0,render_manifest/* objectId */.Tu)(object), object]));
    const isDone = (ref) => isReadyOnceThere(ref, options.assess?.checks) || isKnownHealthy(known.get(idOf(ref)), options);
    const done = refs.filter(isDone);
    const session = new Session(cluster, unique(refs.filter((ref) => !isDone(ref))), { ...options, patience, started });
    const end = await session.run();
    const unhealthy = await describeAll(cluster, session.waited, end, options);
    const isOpen = (one) => !one.settled && !(end === 'failed' && one.failure === undefined);
    return {
        healthy: [...done, ...session.waited.filter((one) => one.settled).map((one) => one.ref)],
        unhealthy,
        unfinished: session.waited.filter((one) => !one.settled && !isOpen(one)).map((one) => one.ref),
        seconds: Math.round((Date.now() - started) / 100) / 10,
        cancelled: end === 'cancelled',
        timedOut: end === 'timed-out'
    };
}
function isKnownHealthy(object, options) {
    if (object === undefined)
        return false;
    const status = assessHealth(object, options.assess)?.status;
    return status === 'Healthy' || status === 'Suspended';
}
/** The objects that stand for the failure of the wait, worst first, each with its diagnosis. */
async function describeAll(cluster, waited, end, options) {
    const open = waited
        .filter((one) => !one.settled && (end !== 'failed' || one.failure !== undefined))
        .sort((a, b) => rank(a) - rank(b));
    if (end === 'cancelled')
        return open.map((one) => described(one, undefined, options));
    const timer = new AbortController();
    const tooLate = new Promise((resolve) => {
        const timeout = setTimeout(() => resolve(undefined), DIAGNOSIS_MS);
        timer.signal.addEventListener('abort', () => clearTimeout(timeout));
        options.signal?.addEventListener('abort', () => resolve(undefined), { once: true });
    });
    try {
        return await Promise.all(open.map(async (one, index) => {
            if (one.object === undefined || index >= DIAGNOSED)
                return described(one, undefined, options);
            const diagnosis = diagnose(cluster, one.object, {
                redact: options.redact ?? [],
                ...(options.assess ? { assess: options.assess } : {})
            });
            return described(one, await Promise.race([diagnosis, tooLate]), options);
        }));
    }
    finally {
        timer.abort();
    }
}
function described(one, diagnosis, options) {
    const name = (0,health_status/* nameOf */.Vb)({ ...one.ref, metadata: { ...one.ref } });
    const own = `${name}: ${one.failure ?? one.health.message}`;
    return {
        resource: (0,describe/* resourceOf */.KU)({ ...one.ref, metadata: { ...one.ref } }),
        status: statusOf(one, diagnosis),
        message: safeLine(diagnosis?.message ?? own, options.redact),
        events: diagnosis?.events ?? [],
        logs: diagnosis?.logs ?? []
    };
}
function statusOf(one, diagnosis) {
    if (one.object === undefined && one.health.status === 'Missing')
        return 'Missing';
    return one.failure !== undefined || diagnosis?.failing ? 'Degraded' : one.health.status;
}
function rank(one) {
    if (one.failure !== undefined)
        return 0;
    return { Degraded: 1, Missing: 2, Unknown: 3, Progressing: 4, Suspended: 5, Healthy: 6 }[one.health.status];
}
/** As `objectId`: independent of the version. */
function idOf(ref) {
    return [(0,render_manifest/* groupOf */.F8)(ref), ref.kind, ref.namespace ?? '', ref.name].filter(Boolean).join('/');
}
function unique(refs) {
    return [...new Map(refs.map((ref) => [idOf(ref), ref])).values()];
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/index.js







// EXTERNAL MODULE: ./src/targets/kubernetes/cancel.js
var cancel = __webpack_require__(406);
// EXTERNAL MODULE: ./src/targets/kubernetes/order/index.js + 11 modules
var order = __webpack_require__(1418);
// EXTERNAL MODULE: ./src/targets/kubernetes/client/roles.js
var client_roles = __webpack_require__(3669);
// EXTERNAL MODULE: ./src/targets/kubernetes/declared.js
var kubernetes_declared = __webpack_require__(3186);
;// CONCATENATED MODULE: ./src/targets/kubernetes/options.js
/**
 * Set on an object: "true" lets a deploy delete and create it anew when a field cannot be changed in place, "false"
 * forbids that whatever the policy says.
 */
const REPLACE_ANNOTATION = 'gitops-actions.dev/replace';
/** Set on an object: its own value of `Policy.fieldConflicts`. */
const CONFLICTS_ANNOTATION = 'gitops-actions.dev/field-conflicts';

// EXTERNAL MODULE: ./src/targets/kubernetes/prune.js
var prune = __webpack_require__(3066);
;// CONCATENATED MODULE: ./src/targets/kubernetes/problems.js











/** Why objects cannot be applied: one sentence each, with the place of the manifest, the reason and what to do. */
function preflightProblems(checked) {
    return checked.flatMap((one) => (one.result === 'refused' ? [problems_explain(one.error, where(one.declared.manifest))] : []));
}
/** Problems with one text for the roles of all, at the end: the same role for each of a hundred objects helps nobody. */
function withRolesOnce(problems) {
    const roles = [];
    const texts = problems.map((problem) => {
        const [text = '', role] = problem.split(` ${explain/* ALLOWED_BY */.t4}\n`);
        if (role !== undefined)
            roles.push(role);
        return text;
    });
    return { texts, roles: roles.length === 0 ? undefined : (0,client_roles/* joinedRoles */.N)(roles) };
}
/** The same for an object that exists. Foreign membership and conflicts stop a deploy; healing takes back. */
function comparisonProblems(comparison, live, options) {
    const subject = where(comparison.manifest);
    const owner = (0,json/* asString */.oJ)((0,json.at)(live, 'metadata', 'labels', kubernetes_inventory/* PART_OF_LABEL */.vr));
    const { handover } = options;
    if (owner !== undefined && owner !== options.setId && options.deploy && !handover?.taken) {
        const why = handover?.why ?? "belongs to another target's set";
        const then = handover?.then ?? 'Declare it in one target only.';
        return [
            `${subject} ${why} (${kubernetes_inventory/* PART_OF_LABEL */.vr}=${owner}), and is not taken over. ${then} Or let that set go of it: kubectl label ${labelled(live)} ${kubernetes_inventory/* PART_OF_LABEL */.vr}-`
        ];
    }
    if (comparison.verdict === 'error')
        return [problems_explain(comparison.error, subject)];
    const { object } = comparison.manifest;
    // A check only tells of it; healing leaves it alone.
    if (options.deploy && comparison.verdict === 'replace' && !mayReplace(object, options.replace ?? []))
        return [
            `${subject}: ${comparison.reason ?? 'a field cannot be changed in place'}. To let a deploy delete and create it anew, name it in "replace" (such as replace: ${object.kind}/${object.metadata.name}), or set the annotation ${REPLACE_ANNOTATION}: "true" on it; else delete it yourself.`
        ];
    if (!options.deploy)
        return [];
    const own = conflictsPolicyOf(object);
    if (own === 'unknown')
        return [
            `${subject}: the annotation ${CONFLICTS_ANNOTATION} is "${annotation(object, CONFLICTS_ANNOTATION)}", but must be take-from-people, fail or force.`
        ];
    return conflictProblems(subject, comparison.conflicts, own ?? options.conflicts);
}
/** The one error for a target that cannot be applied. */
function refusal(target, problems) {
    const { texts, roles } = withRolesOnce(problems);
    const [first] = texts;
    // Roles come last, where they can be copied as they stand.
    const hint = roles === undefined ? 'Nothing was written.' : `Nothing was written. This would allow what is forbidden:\n${roles}`;
    if (problems.length === 1 && first !== undefined)
        return new errors/* GitOpsError */.$(`Target "${target}": ${first}`, { hint });
    return new errors/* GitOpsError */.$(`Target "${target}": ${problems.length} objects cannot be applied.`, {
        details: texts,
        hint
    });
}
/** An object as arguments of kubectl. */
function labelled(object) {
    const group = (0,render_manifest/* groupOf */.F8)(object);
    const namespace = (0,render_manifest/* namespaceOf */.N6)(object);
    const kind = `${object.kind.toLowerCase()}${group === '' ? '' : `.${group}`}`;
    return `${kind}/${object.metadata.name}${namespace === undefined ? '' : ` -n ${namespace}`}`;
}
function where(manifest) {
    return `${(0,kubernetes_declared/* place */.ik)(manifest)}: ${(0,describe/* describe */.q0)(manifest.object)}`;
}
/** An error as one text: what the API server said, and what to do next. */
function problems_explain(error, doing) {
    const known = error instanceof kubernetes_cluster/* ApiError */.hD ? (0,explain.describeApiError)(error, doing) : error;
    if (known instanceof errors/* GitOpsError */.$) {
        // An API server's message lists its causes itself.
        const details = known.details.filter((detail) => !known.message.includes(detail));
        return [known.message, ...details, known.hint].filter((part) => part !== undefined && part !== '').join(' ');
    }
    return `${doing}: ${(0,errors/* messageOf */.b)(known)}`;
}
/** What holds data is only replaced when it was meant: by annotation, or by a kind that is written out. */
function mayReplace(object, allowed) {
    const own = annotation(object, REPLACE_ANNOTATION);
    if (own !== undefined)
        return own === 'true';
    return allowed.some((selector) => selector.matches(object) && (selector.exact || !(0,prune/* isProtected */.bz)(object)));
}
function conflictsPolicyOf(object) {
    const own = annotation(object, CONFLICTS_ANNOTATION);
    if (own === undefined)
        return undefined;
    return CONFLICT_POLICIES.find((policy) => policy === own) ?? 'unknown';
}
const CONFLICT_POLICIES = ['take-from-people', 'fail', 'force'];
function annotation(object, name) {
    return (0,json/* asString */.oJ)((0,json.at)(object, 'metadata', 'annotations', name));
}
function conflictProblems(subject, conflicts, policy) {
    if (policy === 'force')
        return [];
    return conflicts
        .filter((conflict) => conflict.kind === 'applier' || (policy === 'fail' && conflict.kind === 'person'))
        .map((conflict) => {
        const since = conflict.time ? ` since ${conflict.time}` : '';
        return `${subject}: ${conflict.path} is owned by ${conflict.manager} (${conflict.operation}${since}). Take the field out of the manifest, stop ${conflict.manager} from managing this object, or set field-conflicts: force (or on this object alone the annotation ${CONFLICTS_ANNOTATION}: force) to take it over.`;
    });
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/hooks.js












/**
 * The hooks of one run. As in Helm, an older hook object of the same name is deleted first when no delete policy is
 * given, and those that succeeded are deleted only when all hooks of their event have ended: a Job of weight 0 works
 * with the account of weight -5. An object that is neither a hook nor ours is not touched, whatever its name.
 */
class Hooks {
    #options;
    /** Epoch milliseconds. */
    #deadline;
    #ended = [];
    constructor(options, deadline) {
        this.#options = options;
        this.#deadline = deadline;
    }
    /**
     * Runs the hooks of one level (same phase and weight) and waits until they are done.
     * @returns the failure that must stop the deploy, if there is one; results are appended
     */
    async run(hooks, results) {
        const objects = hooks.map((hook) => hook.object);
        let current = objects[0];
        try {
            for (const object of objects) {
                current = object;
                results.push({ resource: (0,describe/* resourceOf */.KU)(object), action: await this.#start(object) });
            }
            const failure = await waitFor(this.#options, objects, this.#deadline);
            if (!failure) {
                this.#ended.push(...objects);
                return undefined;
            }
            // What was cancelled has not failed: it is looked at, and made anew by the next run.
            if (!this.#options.signal?.aborted) {
                const ids = new Set(failure.resources.map((one) => one.resource.id));
                const failed = objects.filter((object) => ids.size === 0 || ids.has((0,render_manifest/* objectId */.Tu)(object)));
                this.#ended.push(...objects.filter((object) => !failed.includes(object)));
                for (const object of failed) {
                    current = object;
                    await this.#delete(object, 'hook-failed');
                }
            }
            return { ...failure, message: `A hook failed: ${failure.message}` };
        }
        catch (error) {
            return hookFailure(error, current);
        }
    }
    /** Ends an event: of its hooks that succeeded, those are deleted that ask for it, the last one first. */
    async end(of = () => true) {
        const ended = this.#ended.filter(of).reverse();
        if (ended.length === 0 || this.#options.signal?.aborted)
            return undefined;
        this.#ended = this.#ended.filter((object) => !ended.includes(object));
        let current;
        try {
            for (const object of ended) {
                current = object;
                await this.#delete(object, 'hook-succeeded');
            }
            return undefined;
        }
        catch (error) {
            return hookFailure(error, current);
        }
    }
    async #start(object) {
        const { cluster, signal } = this.#options;
        if (signal?.aborted)
            throw new cancel/* CancelledError */.cc('The run was cancelled before it was started.');
        const live = await cluster.get((0,describe/* refOf */.H8)(object));
        if (live)
            refuseForeign(this.#options, live);
        const again = live !== undefined && isMadeAnew(object);
        if (live && again)
            await (0,kubernetes_delete/* deleteAndWait */.s)(this.#options, live, this.#deadline);
        await cluster.apply(object, { force: true });
        return again ? 'replaced' : live ? 'updated' : 'created';
    }
    async #delete(object, policy) {
        if (!(0,order/* hookOf */.pd)(object)?.deletePolicies.includes(policy))
            return;
        if ((0,order/* isDefinition */.gN)(object) || (0,prune/* asksToStay */.Vx)(object) !== undefined)
            return;
        const live = await this.#options.cluster.get((0,describe/* refOf */.H8)(object));
        if (live)
            await (0,kubernetes_delete/* deleteAndWait */.s)(this.#options, live, this.#deadline);
    }
}
function hookFailure(error, current) {
    const text = current ? problems_explain((0,compare/* redactedError */.JM)(current, error), (0,describe/* describe */.q0)(current)) : String(error);
    return { message: `A hook failed: ${text}`, resources: [] };
}
/**
 * Whether an older object of the name goes before the hook is created. What runs once does even where the policies
 * leave it out, because applied again it would not run (Helm stops there: it already exists). A definition never does,
 * as in Helm: all its objects would go with it; nor, unless it is asked for, what holds data.
 */
function isMadeAnew(object) {
    if ((0,order/* isDefinition */.gN)(object))
        return false;
    if (runsOnce(object))
        return true;
    if ((0,prune/* asksToStay */.Vx)(object) !== undefined)
        return false;
    const policies = (0,order/* hookOf */.pd)(object)?.deletePolicies ?? [];
    return policies.length === 0 ? !(0,prune/* isProtected */.bz)(object) : policies.includes('before-hook-creation');
}
function runsOnce(object) {
    const group = (0,render_manifest/* groupOf */.F8)(object);
    return (object.kind === 'Job' && group === 'batch') || (object.kind === 'Pod' && group === '');
}
/** @throws GitOpsError when a hook would overwrite or delete what somebody keeps under its name */
function refuseForeign(options, live) {
    if ((0,order/* hookOf */.pd)(live))
        return;
    const { environment, id: target, namespace } = options;
    if ((0,json.at)(live, 'metadata', 'labels', kubernetes_inventory/* PART_OF_LABEL */.vr) === (0,kubernetes_inventory/* applySetId */.A3)({ environment, target, namespace }))
        return;
    throw new errors/* GitOpsError */.$(`${(0,describe/* describe */.q0)(live)} exists and is no hook, so it is not replaced by one.`, {
        hint: 'Give the hook another name, or remove the object.'
    });
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/patch.js


const MOST_ATTEMPTS = 5;
/**
 * Sends a patch that holds for one version of an object. When the object changed since it was read (a controller wrote
 * its status), the patch is made anew from what the object is now.
 */
async function patchAsItIs(cluster, read, make, options = {}) {
    let live = read;
    for (let attempt = 1; live; attempt++) {
        const ops = make(live);
        if (!ops)
            return;
        try {
            await cluster.patch((0,describe/* refOf */.H8)(live), 'json', ops, options);
            return;
        }
        catch (error) {
            // 422 is a "test" of the patch that does not hold, or an object that is invalid without what is removed.
            if (!(error instanceof kubernetes_cluster/* ApiError */.hD) || (error.code !== 409 && error.code !== 422) || attempt === MOST_ATTEMPTS)
                throw error;
            const now = await cluster.get((0,describe/* refOf */.H8)(live));
            if (error.code === 422 && now && versionOf(now) === versionOf(live))
                throw error;
            live = now;
        }
    }
}
function versionOf(object) {
    return object.metadata['resourceVersion'];
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/restart/owner.js




/**
 * Whether a pod goes by itself: it is gone or ends, nothing wants it any more, or a rollout replaces it. What cannot be
 * read, and a rollout that has stopped, leaves it where it is.
 */
async function outlookOf(cluster, pod) {
    const namespace = (0,render_manifest/* namespaceOf */.N6)(pod) ?? '';
    const live = await cluster.get({ apiVersion: 'v1', kind: 'Pod', name: pod.metadata.name, namespace });
    if (!live || live.metadata['uid'] !== pod.metadata['uid'])
        return { stays: false, why: 'was replaced already' };
    if ((0,json.at)(live, 'metadata', 'deletionTimestamp') != null)
        return { stays: false, why: 'ends already' };
    const owner = await readable(ownerOf(cluster, live));
    if (!owner)
        return { stays: true };
    if (owner.kind === 'ReplicaSet')
        return ofReplicaSet(cluster, owner);
    if (owner.apiVersion !== 'apps/v1')
        return { stays: true };
    if (owner.kind === 'StatefulSet')
        return ofStatefulSet(owner, live);
    return owner.kind === 'DaemonSet' ? ofDaemonSet(cluster, owner, live) : { stays: true };
}
async function ofReplicaSet(cluster, set) {
    const wanted = numberAt(set, 'spec', 'replicas') ?? 1;
    const deployment = await readable(ownerOf(cluster, set));
    if (deployment?.kind === 'Deployment') {
        if (unseen(deployment))
            return { stays: undefined, workload: (0,describe/* describe */.q0)(deployment) };
        const [current, its] = [deployment, set].map((one) => (0,json.at)(one, 'metadata', 'annotations', owner_REVISION));
        const stands = (0,json.at)(deployment, 'spec', 'paused') === true || hasStopped(deployment);
        if (current !== undefined && its !== undefined && current !== its && !stands)
            return rolledOut(deployment);
    }
    return wanted === 0 ? { stays: false, why: `${(0,describe/* describe */.q0)(set)} wants no pods any more` } : { stays: true, wanted };
}
const owner_REVISION = 'deployment.kubernetes.io/revision';
function hasStopped(deployment) {
    return ((0,json/* asList */.DD)((0,json.at)(deployment, 'status', 'conditions')) ?? []).some((one) => (0,json.at)(one, 'type') === 'Progressing' && (0,json.at)(one, 'status') === 'False');
}
function ofStatefulSet(set, pod) {
    if (unseen(set))
        return { stays: undefined, workload: (0,describe/* describe */.q0)(set) };
    const wanted = numberAt(set, 'spec', 'replicas') ?? 1;
    const ordinal = Number(/\d+$/.exec(pod.metadata.name)?.[0]) - (numberAt(set, 'spec', 'ordinals', 'start') ?? 0);
    if (ordinal >= wanted)
        return { stays: false, why: `${(0,describe/* describe */.q0)(set)} is scaled down` };
    const rolling = (0,json.at)(set, 'spec', 'updateStrategy', 'type') !== 'OnDelete';
    const partition = numberAt(set, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0;
    const revision = (0,json/* asString */.oJ)((0,json.at)(set, 'status', 'updateRevision'));
    const its = (0,json.at)(pod, 'metadata', 'labels', 'controller-revision-hash');
    const replaced = rolling && ordinal >= partition && revision !== undefined && its !== revision;
    return replaced ? rolledOut(set) : { stays: true, wanted };
}
async function ofDaemonSet(cluster, set, pod) {
    if (unseen(set))
        return { stays: undefined, workload: (0,describe/* describe */.q0)(set) };
    const stays = { stays: true };
    if ((0,json.at)(set, 'spec', 'updateStrategy', 'type') === 'OnDelete')
        return stays;
    const type = await cluster.resourceFor('apps/v1', 'ControllerRevision');
    const namespace = (0,render_manifest/* namespaceOf */.N6)(set);
    const revisions = type && namespace && (await readable(cluster.list(type, { namespace })));
    if (!revisions)
        return stays;
    const [newest] = revisions.items
        .filter((one) => controllerUid(one) === set.metadata['uid'])
        .sort((a, b) => (numberAt(b, 'revision') ?? 0) - (numberAt(a, 'revision') ?? 0));
    const [current, its] = [newest, pod].map((one) => (0,json.at)(one, 'metadata', 'labels', 'controller-revision-hash'));
    return current === undefined || current === its ? stays : rolledOut(set);
}
function rolledOut(workload) {
    return { stays: false, why: `is replaced by the rollout of ${(0,describe/* describe */.q0)(workload)}` };
}
function unseen(workload) {
    const generation = numberAt(workload, 'metadata', 'generation') ?? 0;
    return (numberAt(workload, 'status', 'observedGeneration') ?? 0) < generation;
}
async function ownerOf(cluster, object) {
    const reference = owner_controllerOf(object);
    const [apiVersion, kind, name] = ['apiVersion', 'kind', 'name'].map((key) => (0,json/* asString */.oJ)((0,json.at)(reference, key)));
    const namespace = (0,render_manifest/* namespaceOf */.N6)(object);
    if (!apiVersion || !kind || !name || namespace === undefined)
        return undefined;
    const owner = await cluster.get({ apiVersion, kind, name, namespace });
    return owner?.metadata['uid'] === (0,json.at)(reference, 'uid') ? owner : undefined;
}
/** What may not be read, or is of a kind that is not served, is not known. */
async function readable(reading) {
    try {
        return await reading;
    }
    catch (error) {
        if (error instanceof kubernetes_cluster/* ApiError */.hD && (error.code === 403 || error.code === 404))
            return undefined;
        throw error;
    }
}
function owner_controllerOf(object) {
    return ((0,json/* asList */.DD)((0,json.at)(object, 'metadata', 'ownerReferences')) ?? []).find((one) => (0,json.at)(one, 'controller') === true);
}
/** The UID of the controller that makes a new pod in its place. */
function controllerUid(pod) {
    return (0,json/* asString */.oJ)((0,json.at)(owner_controllerOf(pod), 'uid'));
}
function numberAt(object, ...path) {
    const value = (0,json.at)(object, ...path);
    return typeof value === 'number' ? value : undefined;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/restart/evict.js








/**
 * Evicts pods: those of one controller one after another, each once its predecessor has been replaced, so that a
 * workload without a disruption budget is not stopped as a whole. A budget that forbids it is waited for until the
 * deadline (epoch milliseconds). What goes by itself, since a rollout replaces it, is neither evicted nor waited for.
 * Never throws: what could not be evicted is a failed result.
 */
async function evictPods(options, pods, deadline) {
    const groups = [...Map.groupBy(pods, (pod) => controllerUid(pod) ?? pod.metadata.name).values()];
    const results = (await (0,concurrency/* mapConcurrent */._)(groups, 8, async (group) => {
        const done = [];
        const ready = await readySiblings(options.cluster, group[0]).catch(() => 0);
        let waiting;
        for (const pod of group) {
            const replaced = waiting === undefined || (await untilReplaced(options, waiting, ready, deadline));
            const result = replaced ? await evictOne(options, pod, deadline) : notYet(pod, waiting, options);
            done.push(result);
            if (result.evicted)
                waiting = pod;
        }
        return done;
    }))
        .flat()
        .map(({ evicted: _, ...result }) => result);
    const failed = results.filter((one) => one.action === 'failed');
    const [first] = failed;
    if (first === undefined)
        return { results };
    const names = failed.map((one) => `${one.resource.namespace}/${one.resource.name}`);
    return {
        results,
        failure: {
            message: `${failed.length === 1 ? 'A pod still runs' : `${failed.length} pods still run`} with content that had drifted, because it could not be evicted: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}. ${first.message ?? ''}`,
            hint: `The content itself is put back. Replace the pods when their workload and its disruption budget allow it: kubectl delete pod -n ${first.resource.namespace} ${failed
                .filter((one) => one.resource.namespace === first.resource.namespace)
                .map((one) => one.resource.name)
                .join(' ')}`,
            resources: []
        }
    };
}
async function evictOne(options, pod, deadline) {
    const { cluster, signal, log } = options;
    const resource = (0,describe/* resourceOf */.KU)(pod);
    const uid = (0,json/* asString */.oJ)(pod.metadata['uid']);
    const place = { namespace: (0,render_manifest/* namespaceOf */.N6)(pod) ?? '', name: pod.metadata.name, ...(uid === undefined ? {} : { uid }) };
    let said = '';
    for (let pause = 250;; pause = Math.min(pause * 2, 5000)) {
        if (signal?.aborted)
            return { resource, action: 'skipped', message: 'the run was cancelled' };
        let waits;
        let failure;
        try {
            const outlook = await outlookOf(cluster, pod);
            if (outlook.stays === false)
                return { resource, action: 'restarted', message: `not evicted: it ${outlook.why}` };
            if (outlook.stays) {
                await cluster.evict(place);
                const message = 'evicted, because it had started with content that had drifted';
                return { resource, action: 'restarted', message, evicted: true };
            }
            waits = `the controller of ${outlook.workload}, which has not seen its last change`;
            failure = `Until the timeout it waited for ${waits}.`;
        }
        catch (error) {
            // Gone, or another pod has its name by now: that one started later.
            if (error instanceof kubernetes_cluster/* ApiError */.hD && (error.code === 404 || error.code === 409))
                return { resource, action: 'restarted', message: 'not evicted: it was replaced already' };
            if (!(error instanceof kubernetes_cluster/* ApiError */.hD) || error.code !== 429)
                return { resource, action: 'failed', message: (0,errors/* messageOf */.b)(error) };
            waits = `its disruption budget: ${(0,errors/* messageOf */.b)(error)}`;
            failure = `Its disruption budget forbade it until the timeout: ${(0,errors/* messageOf */.b)(error)}`;
        }
        const left = deadline - now(options);
        if (left <= 0)
            return { resource, action: 'failed', message: failure };
        if (said !== waits)
            log.info(`Evicting ${(0,describe/* describe */.q0)(pod)} waits for ${waits}`);
        said = waits;
        await (0,promises_.setTimeout)(Math.min(pause, left), undefined, signal ? { signal } : {}).catch(() => { });
    }
}
/** Evicting on would stop a workload whose new pods do not become ready. */
function notYet(pod, before, { signal }) {
    const resource = (0,describe/* resourceOf */.KU)(pod);
    if (signal?.aborted)
        return { resource, action: 'skipped', message: 'the run was cancelled' };
    const instead = before ? `${(0,describe/* describe */.q0)(before)} was evicted, and ` : '';
    return { resource, action: 'failed', message: `${instead}no pod in its place became ready until the timeout.` };
}
/**
 * Until as many pods of the controller are ready as before, or as it still wants, or it is replaced itself; false when
 * that does not come to pass until the deadline.
 */
async function untilReplaced(options, pod, ready, deadline) {
    options.log.info(`${(0,describe/* describe */.q0)(pod)} was evicted; the next one waits until a new pod is ready in its place`);
    for (let pause = 250; now(options) < deadline && !options.signal?.aborted; pause = Math.min(pause * 2, 2000)) {
        await (0,promises_.setTimeout)(pause, undefined, options.signal ? { signal: options.signal } : {}).catch(() => { });
        try {
            const siblings = await siblingsOf(options.cluster, pod);
            const wanted = Math.min(ready, await wantedBeside(options.cluster, siblings));
            if (siblings.filter(isReady).length >= wanted)
                return true;
        }
        catch (error) {
            options.log.debug(`pods beside ${(0,describe/* describe */.q0)(pod)} cannot be listed: ${(0,errors/* messageOf */.b)(error)}`);
            return true;
        }
    }
    return false;
}
/** How many pods the controller wants: none where all of them go by themselves. */
async function wantedBeside(cluster, siblings) {
    const one = siblings.find((sibling) => (0,json.at)(sibling, 'metadata', 'deletionTimestamp') == null);
    const outlook = one && (await outlookOf(cluster, one));
    if (outlook?.stays === undefined)
        return Number.POSITIVE_INFINITY;
    return outlook.stays ? (outlook.wanted ?? Number.POSITIVE_INFINITY) : 0;
}
async function readySiblings(cluster, pod) {
    return pod ? (await siblingsOf(cluster, pod)).filter(isReady).length : 0;
}
/** All pods of its controller that there are. */
async function siblingsOf(cluster, pod) {
    const resource = await cluster.resourceFor('v1', 'Pod');
    const [namespace, owner] = [(0,render_manifest/* namespaceOf */.N6)(pod), controllerUid(pod)];
    if (!resource || namespace === undefined || owner === undefined)
        return [];
    const { items } = await cluster.list(resource, { namespace });
    return items.filter((one) => controllerUid(one) === owner);
}
function isReady(pod) {
    if ((0,json.at)(pod, 'metadata', 'deletionTimestamp') != null)
        return false;
    const conditions = (0,json/* asList */.DD)((0,json.at)(pod, 'status', 'conditions')) ?? [];
    return conditions.some((one) => (0,json.at)(one, 'type') === 'Ready' && (0,json.at)(one, 'status') === 'True');
}
function now(options) {
    return (options.now?.() ?? new Date()).getTime();
}

// EXTERNAL MODULE: ./src/targets/kubernetes/ownership/index.js + 7 modules
var ownership = __webpack_require__(3109);
;// CONCATENATED MODULE: ./src/targets/kubernetes/restart/stale.js


/**
 * Content of ConfigMaps and Secrets that the steps put right.
 * @param deployed when all of it was deployed (RFC 3339): since when what is missing may have been missing
 */
function wrongContents(steps, changes, deployed) {
    const found = [];
    for (const [id, step] of steps) {
        const { kind, metadata } = step.payload;
        if (step.payload.apiVersion !== 'v1' || (kind !== 'ConfigMap' && kind !== 'Secret'))
            continue;
        const namespace = (0,json/* asString */.oJ)(metadata['namespace']);
        if (step.leaving || namespace === undefined)
            continue;
        const base = { id, kind, name: metadata.name, namespace };
        if (step.live === undefined) {
            const since = Date.parse(deployed ?? '');
            if (!Number.isNaN(since))
                found.push({ ...base, keys: contentKeys(step.payload), paths: [], since, missing: true });
            continue;
        }
        const keys = wrongKeys(step, changes(id));
        if (keys.size > 0)
            found.push({ ...base, keys, paths: pathsOf(keys, changes(id)), ...sinceOf(step.live, changes(id)) });
    }
    return found;
}
/** Keys that healing gives another value, or takes away. */
function wrongKeys(step, changes) {
    const keys = new Set();
    if (step.action !== 'remove-foreign')
        for (const field of CONTENT) {
            const [declared, live] = [(0,json/* asObject */.eB)(step.payload[field]), (0,json/* asObject */.eB)((0,json.at)(step.live, field))];
            for (const [key, value] of Object.entries(declared ?? {}))
                if ((0,json/* stringifyJson */.sd)(live?.[key]) !== (0,json/* stringifyJson */.sd)(value))
                    keys.add(key);
        }
    for (const { location } of step.foreign ?? [])
        if (CONTENT.some((field) => field === location[0]))
            addKeys(keys, location[1], (0,json.at)(step.live, String(location[0])));
    // What we owned and no longer declare stands in no payload.
    for (const { fields } of changes)
        for (const { path, after } of fields) {
            const name = after.type === 'absent' ? stale_keyOf(path) : undefined;
            if (name !== undefined && (step.action !== 'remove-foreign' || step.foreign?.some((one) => one.path === path)))
                keys.add(name);
        }
    return step.action === 'remove-foreign' || step.foreign ? keys : withoutForeign(keys, changes);
}
const CONTENT = ['data', 'binaryData'];
function contentKeys(payload) {
    return new Set(CONTENT.flatMap((field) => Object.keys((0,json/* asObject */.eB)(payload[field]) ?? {})));
}
/** Where the changes of an object show wrong keys: each at its own place, or all of them at that of the whole map. */
function pathsOf(keys, changes) {
    return changes
        .flatMap((change) => change.fields.map(({ path }) => path))
        .filter((path) => CONTENT.some((field) => field === path) || keys.has(stale_keyOf(path) ?? ''));
}
/** Keys that somebody added and that healing leaves are no wrong content. */
function withoutForeign(keys, changes) {
    for (const change of changes)
        if (change.action === 'remove-foreign')
            for (const { path } of change.fields) {
                const name = stale_keyOf(path);
                if (name !== undefined)
                    keys.delete(name);
            }
    return keys;
}
/** The key in a path as reports print it: `data.LEVEL`, `data[app.yaml]`. */
function stale_keyOf(path) {
    const [, plain, inBrackets] = /^(?:data|binaryData)(?:\.([^.[]+)|\["?(.*?)"?\])$/.exec(path) ?? [];
    return plain ?? inBrackets;
}
function addKeys(keys, step, all) {
    if (typeof step === 'string')
        keys.add(step);
    else
        for (const key of Object.keys((0,json/* asObject */.eB)(all) ?? {}))
            keys.add(key);
}
/**
 * The earliest time that `managedFields` gives for the wrong content. A removal is recorded nowhere: then it is wrong,
 * as far as anybody knows, since we applied it last.
 */
function sinceOf(live, changes) {
    const ours = (0,ownership/* ownEntry */.Pl)((0,ownership/* managedEntries */.mz)(live))?.time ?? (0,json/* asString */.oJ)(live.metadata['creationTimestamp']);
    const times = changes
        .flatMap((change) => change.fields)
        .filter(({ path }) => /^(data|binaryData)\b/.test(path))
        .map(({ attribution }) => {
        const recorded = attribution?.known ? attribution.time : undefined;
        return { since: Date.parse(recorded ?? ours ?? ''), guessed: recorded === undefined };
    })
        .filter(({ since }) => !Number.isNaN(since))
        .sort((a, b) => a.since - b.since);
    const [first] = times;
    return first ? { since: first.since, ...(first.guessed ? { guessed: true } : {}) } : { since: 0 };
}
/**
 * Whether a pod runs a container that started while the content was wrong and uses it: by environment variables or by
 * a volume. The kubelet renews files of a volume by itself (not those mounted with `subPath`), but programs read their
 * files when they start; so it is the start that counts, whatever way the content comes in.
 */
function startedWith(pod, content, until) {
    if ((0,json.at)(pod, 'metadata', 'deletionTimestamp') != null)
        return false;
    const phase = (0,json.at)(pod, 'status', 'phase');
    if (phase === 'Succeeded' || phase === 'Failed')
        return false;
    const volumes = new Map(((0,json/* asList */.DD)((0,json.at)(pod, 'spec', 'volumes')) ?? []).map((volume) => [String((0,json.at)(volume, 'name')), volume]));
    for (const [specs, statuses] of CONTAINERS) {
        const states = (0,json/* asList */.DD)((0,json.at)(pod, 'status', statuses)) ?? [];
        for (const container of (0,json/* asList */.DD)((0,json.at)(pod, 'spec', specs)) ?? []) {
            if (!uses(container, volumes, content))
                continue;
            const state = states.find((one) => (0,json.at)(one, 'name') === (0,json.at)(container, 'name'));
            const started = Date.parse((0,json/* asString */.oJ)((0,json.at)(state, 'state', 'running', 'startedAt') ?? (0,json.at)(state, 'state', 'terminated', 'startedAt')) ?? '');
            // Both times are whole seconds: one that is the same may be before or after, and counts.
            if (started >= content.since && started <= until)
                return true;
        }
    }
    return false;
}
const CONTAINERS = [
    ['containers', 'containerStatuses'],
    ['initContainers', 'initContainerStatuses'],
    ['ephemeralContainers', 'ephemeralContainerStatuses']
];
function uses(container, volumes, content) {
    const [keyRef, mapRef] = content.kind === 'ConfigMap' ? ['configMapKeyRef', 'configMapRef'] : ['secretKeyRef', 'secretRef'];
    for (const variable of (0,json/* asList */.DD)((0,json.at)(container, 'env')) ?? []) {
        const source = (0,json.at)(variable, 'valueFrom', keyRef);
        if ((0,json.at)(source, 'name') !== content.name || !content.keys.has(String((0,json.at)(source, 'key'))))
            continue;
        if (mayDoWithout(source, content))
            return true;
    }
    for (const source of (0,json/* asList */.DD)((0,json.at)(container, 'envFrom')) ?? [])
        if ((0,json.at)(source, mapRef, 'name') === content.name && mayDoWithout((0,json.at)(source, mapRef), content))
            return true;
    return ((0,json/* asList */.DD)((0,json.at)(container, 'volumeMounts')) ?? []).some((mount) => {
        const files = filesOf(volumes.get(String((0,json.at)(mount, 'name'))), content);
        const below = (0,json/* asString */.oJ)((0,json.at)(mount, 'subPath')) ?? '';
        return [...files].some((file) => below === '' || file === below || file.startsWith(`${below}/`));
    });
}
/** Whether a container that refers to content this way can have started: without what is optional, too. */
function mayDoWithout(reference, content) {
    return content.missing === undefined || (0,json.at)(reference, 'optional') === true;
}
/** Files of a volume that come from wrong keys. */
function filesOf(volume, content) {
    const files = new Set();
    const sources = [volume, ...((0,json/* asList */.DD)((0,json.at)(volume, 'projected', 'sources')) ?? [])];
    for (const source of sources) {
        const part = (0,json.at)(source, content.kind === 'ConfigMap' ? 'configMap' : 'secret');
        // A volume says `secretName`, a projection `name`.
        if (((0,json.at)(part, 'name') ?? (0,json.at)(part, 'secretName')) !== content.name || !mayDoWithout(part, content))
            continue;
        const items = (0,json/* asList */.DD)((0,json.at)(part, 'items'));
        for (const key of content.keys) {
            if (items === undefined || items.length === 0)
                files.add(key);
            else
                for (const item of items)
                    if ((0,json.at)(item, 'key') === key)
                        files.add((0,json/* asString */.oJ)((0,json.at)(item, 'path')) ?? key);
        }
    }
    return files;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/restart/index.js








/**
 * Pods that started while a ConfigMap or Secret that healing puts right was wrong. Those of controllers are evicted;
 * pods that this target declares itself are recreated, for which `found` gets a step.
 * @param deployed when all of it was deployed (RFC 3339), as far as that is known
 */
async function planRestarts(cluster, found, pairs, deployed) {
    const changesOf = (id) => [
        ...[found.changes.get(id)].filter((change) => change !== undefined),
        ...found.foreign.filter((change) => change.resource.id === id)
    ];
    const contents = wrongContents(found.steps, changesOf, deployed);
    const changes = [];
    const notes = [];
    const members = new Map(pairs.map((pair) => [(0,render_manifest/* objectId */.Tu)(pair.live), pair]));
    for (const { pod, wrong } of await podsWith(cluster, contents, Number.POSITIVE_INFINITY, notes)) {
        const reason = wrong.map(reasonOf).join('; ');
        const follows = wrong.map(({ id, paths }) => ({ resource: id, paths }));
        const base = { resource: (0,describe/* resourceOf */.KU)(pod), fields: [], reason, follows };
        const member = members.get((0,render_manifest/* objectId */.Tu)(pod));
        if (controllerUid(pod) !== undefined)
            changes.push({ ...base, action: 'restart' });
        else if (member)
            found.restart(member, reason, { follows });
        else if ((0,json.at)(pod, 'metadata', 'annotations', 'kubernetes.io/config.mirror') === undefined)
            changes.push({
                ...base,
                action: 'restart',
                reason: `${reason}; nothing would make it again, so it is left alone`,
                healable: false
            });
    }
    return { changes, notes, contents };
}
/**
 * Evicts every pod of a controller that started with wrong content until now, of those ConfigMaps and Secrets that
 * have been put right; not the `spared` ones (object ids). Pods of the plan that are gone by then, or have started
 * again, are done as well.
 */
async function restartPods(options, { plan, contents }, done, deadline, spared = new Set()) {
    const healed = new Set(done.filter((one) => PUT_RIGHT.has(one.action)).map((one) => one.resource.id));
    const until = (options.now?.() ?? new Date()).getTime();
    const notes = [];
    const found = await podsWith(options.cluster, contents.filter((content) => healed.has(content.id)), until, notes);
    for (const note of notes)
        options.log.warning(note);
    const pods = found
        .map(({ pod }) => pod)
        .filter((pod) => controllerUid(pod) !== undefined && !spared.has((0,render_manifest/* objectId */.Tu)(pod)));
    const gone = notes.length > 0 ? [] : goneOf(plan, healed, new Set([...spared, ...idsOf(done), ...pods.map(render_manifest/* objectId */.Tu)]));
    if (pods.length > 0)
        options.log.info(`Replacing ${pods.length === 1 ? 'a pod' : `${pods.length} pods`} that had started with content that had drifted; those of one workload one after another`);
    const evicted = await evictPods(options, pods, deadline);
    return { ...evicted, results: [...gone, ...evicted.results] };
}
function idsOf(results) {
    return results.map((one) => one.resource.id);
}
/** Pods that the plan restarts and that run no longer as the plan saw them: a rollout was faster, or somebody. */
function goneOf(plan, healed, known) {
    return plan
        .filter(({ action, resource, healable, follows }) => action === 'restart' &&
        healable !== false &&
        !known.has(resource.id) &&
        (follows ?? []).some((one) => healed.has(one.resource)))
        .map(({ resource }) => ({ resource, action: 'restarted', message: 'not evicted: it was replaced already' }));
}
const PUT_RIGHT = new Set(['created', 'updated', 'replaced']);
/** Each pod once, with all content that concerns it. */
async function podsWith(cluster, contents, until, notes) {
    const resource = contents.length > 0 ? await cluster.resourceFor('v1', 'Pod') : undefined;
    if (!resource)
        return [];
    const namespaces = [...new Set(contents.map((content) => content.namespace))];
    const lists = await (0,concurrency/* mapConcurrent */._)(namespaces, 8, async (namespace) => {
        try {
            return (await cluster.list(resource, { namespace })).items;
        }
        catch (error) {
            if (!(error instanceof kubernetes_cluster/* ApiError */.hD) || error.code !== 403)
                throw error;
            notes.push(`Pods in namespace ${namespace} may not be listed, so those that started with drifted content are not known. Allow the service account to list pods there.`);
            return [];
        }
    });
    return lists.flat().flatMap((pod) => {
        const namespace = (0,render_manifest/* namespaceOf */.N6)(pod);
        const wrong = contents.filter((one) => one.namespace === namespace && startedWith(pod, one, until));
        return wrong.length > 0 ? [{ pod, wrong }] : [];
    });
}
function reasonOf({ kind, name, since, missing, guessed }) {
    if (missing)
        return `started after ${(0,describe/* momentOf */.Et)(since)}, perhaps while ${kind} ${name} was missing, which it can do without`;
    if (guessed && since > 0)
        return `started with content of ${kind} ${name} that was wrong, perhaps: it became so at some time after ${(0,describe/* momentOf */.Et)(since)}, when it was deployed`;
    const when = since > 0 ? ` since ${(0,describe/* momentOf */.Et)(since)}` : '';
    return `started with content of ${kind} ${name} that was wrong${when}`;
}
/** True for what has failed for good and that nothing starts again: a bare pod, a Job that has used up its retries. */
function isDeadForGood(object) {
    if (object.apiVersion === 'v1' && object.kind === 'Pod')
        return controllerUid(object) === undefined && (0,json.at)(object, 'status', 'phase') === 'Failed';
    if (object.kind !== 'Job' || !object.apiVersion.startsWith('batch/') || controllerUid(object) !== undefined)
        return false;
    const conditions = (0,json.at)(object, 'status', 'conditions');
    return (Array.isArray(conditions) &&
        conditions.some((one) => (0,json/* asString */.oJ)((0,json.at)(one, 'type')) === 'Failed' && (0,json/* asString */.oJ)((0,json.at)(one, 'status')) === 'True'));
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/apply.js















/** Concurrent writes inside a level; the client adapts below that to what the API server bears. */
const CONCURRENCY = 32;
/** Node takes a longer timer for one of a millisecond. */
const LONGEST_TIMER = 2 ** 31 - 1;
/**
 * Sends what the plan found, level by level in the order of the set: parallel inside a level, and no level starts
 * after one that failed. Everything that was not sent is in the results as skipped, so a re-run knows what is left.
 */
async function applyPlan(options, prepared, run) {
    const results = [];
    const hooks = new Hooks(options, run.deadline);
    let stopped = await createNamespaces(options, prepared, results);
    let waited = false;
    for (const level of prepared.levels) {
        if (!stopped && level.phase !== 'before') {
            const failure = await hooks.end((object) => !isInTheMiddle(object));
            if (failure)
                stopped = stop(options, failure);
        }
        if (!stopped && level.phase === 'after' && run.hooks && !waited) {
            stopped = await waitForTarget(options, prepared, run);
            waited = true;
        }
        if (stopped)
            results.push(...skipped(prepared, level, stopped));
        else
            stopped = await applyLevel(options, prepared, run, { level, hooks }, results);
    }
    if (!stopped && prepared.wrongContents.length > 0) {
        try {
            const stale = { plan: prepared.plan.changes, contents: prepared.wrongContents };
            const restarted = await restartPods(options, stale, results, run.deadline, prepared.spared);
            results.push(...restarted.results);
            if (restarted.failure)
                stopped = stop(options, restarted.failure);
        }
        catch (error) {
            stopped = stop(options, failureBy(error, 'Pods could not be restarted'));
        }
    }
    if (!stopped && !waited)
        stopped = await waitForTarget(options, prepared, run);
    const ending = await hooks.end();
    if (!stopped && ending)
        stopped = stop(options, ending);
    if (!stopped)
        return { status: 'succeeded', results };
    if (run.hooks && stopped.status === 'failed') {
        for (const level of (0,order/* failureHooks */.lJ)(prepared.declared.hooks))
            await hooks.run(level.manifests, results);
        await hooks.end();
    }
    return { ...stopped, results };
}
/** Argo's Sync hooks run between what is deployed, and belong together until all of it is. */
function isInTheMiddle(object) {
    return (0,order/* hookOf */.pd)(object)?.events.includes('sync') ?? false;
}
/** What was thrown, as the failure of a run: what was done before it stays in the results. */
function failureBy(error, doing) {
    const known = error instanceof kubernetes_cluster/* ApiError */.hD ? (0,explain.describeApiError)(error, doing) : error;
    const hint = known instanceof errors/* GitOpsError */.$ ? known.hint : undefined;
    return { message: (0,errors/* messageOf */.b)(known), resources: [], ...(hint ? { hint } : {}) };
}
async function createNamespaces(options, prepared, results) {
    for (const namespace of prepared.namespaces) {
        try {
            // It may be there already: the inventory's own namespace is created before anything else.
            if (!(await options.cluster.get((0,describe/* refOf */.H8)(namespace))))
                await options.cluster.apply(namespace, { force: true });
            results.push({ resource: (0,describe/* resourceOf */.KU)(namespace), action: 'created' });
        }
        catch (error) {
            const failure = failureBy(error, `Creating ${(0,describe/* describe */.q0)(namespace)}`);
            results.push({ resource: (0,describe/* resourceOf */.KU)(namespace), action: 'failed', message: failure.message });
            return stop(options, failure);
        }
    }
    return undefined;
}
async function applyLevel(options, prepared, run, { level, hooks }, results) {
    if (options.signal?.aborted) {
        const stopped = interrupted(options.signal);
        results.push(...skipped(prepared, level, stopped));
        return stopped;
    }
    const steps = level.manifests.flatMap((manifest) => prepared.steps.get((0,render_manifest/* objectId */.Tu)(manifest.object)) ?? []);
    const isHooks = level.phase !== 'main';
    if (isHooks ? !run.hooks : steps.length === 0)
        return undefined;
    const registers = steps.some((step) => step.action === 'create' && (0,order/* isRegistration */.a8)(step.payload));
    const required = registers ? [...level.requires, ...level.backends] : level.requires;
    const unready = await waitForRequired(options, required, run.deadline);
    if (unready) {
        const stopped = stop(options, registers ? { ...unready, hint: BACKENDS_HINT } : unready);
        results.push(...skipped(prepared, level, stopped));
        return stopped;
    }
    if (isHooks) {
        const failure = await hooks.run(level.manifests, results);
        return failure && stop(options, failure);
    }
    const outcomes = await (0,concurrency/* mapFairly */.s)(steps, CONCURRENCY, (step) => step.payload.kind, (step) => send(options, step, run.deadline));
    results.push(...outcomes);
    if (options.signal?.aborted)
        return interrupted(options.signal);
    const failed = outcomes.filter((outcome) => outcome.action === 'failed');
    return failed.length > 0 ? { status: 'failed', failure: apply_failureOf(failed) } : undefined;
}
/** Why a run has lost its lease, if it was that which stopped it: then the target is another run's. */
function whyLost(signal) {
    const why = signal?.reason;
    return signal?.aborted && why instanceof errors/* GitOpsError */.$ ? why : undefined;
}
const BACKENDS_HINT = 'Webhooks and API services are only created when the pods that serve them are ready, because from then on the API server calls them. If those pods wait for the registration themselves, give it an earlier argocd.argoproj.io/sync-wave.';
/** What stops a run between objects: it was cancelled, or another run took its lease (then the signal says so). */
function interrupted(signal) {
    const why = whyLost(signal);
    const failure = { message: 'The run was cancelled.', resources: [] };
    if (!why)
        return { status: 'cancelled', failure };
    return { status: 'failed', failure: { ...failure, message: why.message, ...(why.hint ? { hint: why.hint } : {}) } };
}
function stop(options, failure) {
    if (!options.signal?.aborted)
        return { status: 'failed', failure };
    const stopped = interrupted(options.signal);
    return stopped.status === 'failed' ? stopped : { status: 'cancelled', failure };
}
/** What earlier levels have and this one builds on: the wave before, a definition that must be established. */
async function waitForRequired(options, required, deadline) {
    if (required.length === 0)
        return undefined;
    const objects = required.map((manifest) => manifest.object);
    const failure = await waitFor(options, objects, deadline);
    if (objects.some((object) => object.kind === 'CustomResourceDefinition'))
        options.cluster.refreshDiscovery();
    return failure;
}
async function waitForTarget(options, prepared, run) {
    if (!options.policy.wait)
        return undefined;
    // A deploy answers for the whole target, so that a re-run after a failed one still waits; healing for what it touched.
    const objects = prepared.plan.purpose === 'deploy'
        ? prepared.declared.members.map((member) => member.manifest.object)
        : [...prepared.steps.values()].map((step) => step.payload);
    const failure = await waitFor(options, objects, run.deadline, prepared.plan.changes.length > 0);
    return failure && stop(options, failure);
}
/**
 * Waits until all of `objects` are healthy; the failure when they are not in time or cannot become so. Where nothing was
 * `changed`, what crashed before will go on crashing.
 */
async function waitFor(options, objects, deadline, changed = true) {
    const now = options.now ?? (() => new Date());
    let waited;
    try {
        waited = await establishing(options.cluster, objects, () => waitUntilHealthy(options.cluster, objects.map(describe/* refOf */.H8), {
            deadline: Math.min(Math.max(0, deadline - now().getTime()), LONGEST_TIMER),
            log: options.log,
            failFast: true,
            ...(options.policy.healthChecks ? { assess: { checks: options.policy.healthChecks } } : {}),
            patience: { secondChance: changed },
            ...(options.signal ? { signal: options.signal } : {})
        }));
    }
    catch (error) {
        return failureBy(error, 'Whether the objects are healthy cannot be read');
    }
    if (waited.cancelled)
        return {
            message: 'The run was cancelled while it waited for objects to become healthy.',
            resources: waited.unhealthy
        };
    if (waited.unhealthy.length === 0)
        return undefined;
    return unhealthyFailure(waited.unhealthy, waited.timedOut, options.policy.timeout);
}
async function send(options, step, deadline) {
    const { cluster, signal } = options;
    const resource = (0,describe/* resourceOf */.KU)(step.payload);
    if (signal?.aborted)
        return { resource, action: 'skipped', message: 'the run was cancelled' };
    try {
        if (step.live && (step.leaving || step.action === 'replace' || step.action === 'restart'))
            await (0,kubernetes_delete/* deleteAndWait */.s)(options, step.live, deadline);
        else if (step.live) {
            const { adoption } = step;
            if (adoption)
                await patchAsItIs(cluster, step.live, (live) => (live === step.live ? adoption : adoption.again?.(live))?.ops);
            const { foreign } = step;
            if (foreign)
                await patchAsItIs(cluster, step.live, (live) => (0,compare/* removalPatch */.fQ)(live, foreign), { fieldManager: compare/* REVERT_MANAGER */.z8 });
        }
        if (step.action !== 'remove-foreign')
            await cluster.apply(step.payload, { force: true });
        return { resource, action: DONE[step.action] };
    }
    catch (error) {
        return {
            resource,
            action: 'failed',
            message: problems_explain((0,compare/* redactedError */.JM)(step.payload, error), `Applying ${(0,describe/* describe */.q0)(step.payload)}`)
        };
    }
}
const DONE = {
    create: 'created',
    update: 'updated',
    replace: 'replaced',
    reclaim: 'updated',
    'remove-foreign': 'updated',
    restart: 'restarted'
};
function skipped(prepared, level, stopped) {
    return level.manifests
        .filter((manifest) => (0,order/* hookOf */.pd)(manifest.object) === undefined && prepared.steps.has((0,render_manifest/* objectId */.Tu)(manifest.object)))
        .map((manifest) => ({
        resource: (0,describe/* resourceOf */.KU)(manifest.object),
        action: 'skipped',
        message: stopped.status === 'cancelled' ? 'the run was cancelled' : 'an earlier step failed'
    }));
}
function apply_failureOf(failed) {
    const lines = failed.map((result) => `${result.resource.id}: ${result.message ?? 'failed'}`);
    return {
        message: failed.length === 1
            ? `${lines[0]}`
            : `${failed.length} objects could not be applied: ${lines.slice(0, 5).join('; ')}${failed.length > 5 ? '; …' : ''}`,
        hint: 'What was applied before stays; correct the cause and run again: a re-run continues.',
        resources: []
    };
}
function unhealthyFailure(unhealthy, timedOut, timeout) {
    const [first] = unhealthy;
    const more = unhealthy.length > 1 ? ` (and ${unhealthy.length - 1} more)` : '';
    const what = first
        ? `${first.resource.kind} ${first.resource.namespace ? `${first.resource.namespace}/` : ''}${first.resource.name}`
        : 'an object';
    const hasEvidence = unhealthy.some((one) => one.events.length + one.logs.length > 0);
    const message = first?.message.startsWith(what) ? first.message : `${what}: ${first?.message ?? 'not healthy'}`;
    return {
        message: timedOut ? `Not healthy within ${Math.round(timeout / 1000)} s: ${message}${more}` : `${message}${more}`,
        hint: `${hasEvidence ? 'Its events and last log lines are in the summary and the log. ' : ''}${timedOut && first?.status !== 'Degraded'
            ? 'Correct what holds it up, or raise "timeout" if it only needs longer.'
            : 'Correct the cause, or merge a revert of the change.'}`,
        resources: unhealthy
    };
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/extent.js

/** Types and namespaces that hold these objects, and what `before` knew of. */
function extent_extentOf(objects, before) {
    const groupKinds = new Set(before?.groupKinds);
    const namespaces = new Set(before?.namespaces);
    for (const object of objects) {
        const group = (0,render_manifest/* groupOf */.F8)(object);
        groupKinds.add(group === '' ? object.kind : `${object.kind}.${group}`);
        const namespace = (0,render_manifest/* namespaceOf */.N6)(object);
        if (namespace !== undefined)
            namespaces.add(namespace);
    }
    return { groupKinds: [...groupKinds], namespaces: [...namespaces] };
}
/** The same for what is declared and what is kept. */
function ownExtent(declared, kept, before) {
    return extent_extentOf([...declared.members.map((member) => member.manifest.object), ...kept], before);
}

// EXTERNAL MODULE: ./src/targets/kubernetes/lease.js
var kubernetes_lease = __webpack_require__(3516);
;// CONCATENATED MODULE: ./src/targets/kubernetes/part.js

/** A prepared plan that touches nothing but the part that is to be healed. */
function partOf(prepared, { resources }) {
    const isPart = (object) => resources.has((0,render_manifest/* objectId */.Tu)(object));
    const evicted = prepared.plan.changes.filter((change) => change.action === 'restart');
    return {
        ...prepared,
        steps: new Map([...prepared.steps].filter(([id]) => resources.has(id))),
        namespaces: prepared.namespaces.filter(isPart),
        prunable: prepared.prunable.filter(({ object }) => isPart(object)),
        spared: new Set(evicted.map((change) => change.resource.id).filter((id) => !resources.has(id)))
    };
}
/** Rules that leave the excepted fields of a part as they are. */
function rulesOf({ except }) {
    return except.map(({ resource, path }) => ({
        group: groupOfId(resource.id, resource.kind),
        kind: resource.kind,
        name: resource.name,
        ...(resource.namespace === undefined ? {} : { namespace: resource.namespace }),
        pointers: [path]
    }));
}
/** The API group in an object id (`apps/Deployment/shop/web`); empty for the core group. */
function groupOfId(id, kind) {
    const [first = ''] = id.split('/');
    return first === kind ? '' : first;
}

// EXTERNAL MODULE: ./src/targets/plan.js
var plan = __webpack_require__(7998);
;// CONCATENATED MODULE: ./src/targets/kubernetes/autoscaled.js



/**
 * The autoscalers that live beside the workloads of a set: HorizontalPodAutoscalers and KEDA's ScaledObjects in their
 * namespaces. A workload without declared replicas counts, too: those that an earlier declaration gave it would be
 * reset by leaving them out now.
 */
async function liveAutoscalers(cluster, declared) {
    const scaled = declared.members.filter(({ manifest, resource }) => resource?.subresources.includes('scale') === true || (0,json.at)(manifest.object, 'spec', 'replicas') !== undefined);
    if (scaled.length === 0)
        return [];
    const namespaces = [...new Set(scaled.flatMap((member) => member.namespace ?? []))];
    const types = (await cluster.resources()).filter((type) => (type.kind === 'HorizontalPodAutoscaler' && type.group === 'autoscaling' && type.version === 'v2') ||
        (type.kind === 'ScaledObject' && type.group === 'keda.sh'));
    const lists = await (0,concurrency/* mapConcurrent */._)(types.flatMap((type) => namespaces.map((namespace) => ({ type, namespace }))), 8, async ({ type, namespace }) => {
        try {
            return (await cluster.list(type, { namespace })).items;
        }
        catch (error) {
            // Credentials that may not read autoscalers still know the declared ones.
            if (error instanceof kubernetes_cluster/* ApiError */.hD && error.code === 403)
                return [];
            throw error;
        }
    });
    return lists.flat();
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/attentive.js

/**
 * Watches the lists of a reader that goes on without them: to go on is right when it explains a failure, but what is
 * not known must not be called healthy.
 */
function attentive(cluster) {
    const forbidden = new Set();
    const lost = [];
    const list = async (resource, options) => {
        try {
            return await cluster.list(resource, options);
        }
        catch (error) {
            if (!(error instanceof kubernetes_cluster/* ApiError */.hD) || error.code >= 500)
                lost.push(error);
            else if (error.code === 403)
                forbidden.add(nameOf(resource));
            throw error;
        }
    };
    const watched = new Proxy(cluster, {
        get(target, name) {
            if (name === 'list')
                return list;
            const value = Reflect.get(target, name, target);
            return typeof value === 'function' ? value.bind(target) : value;
        }
    });
    return {
        cluster: watched,
        refuseLoss() {
            if (lost.length > 0)
                throw lost[0];
        },
        forbidden
    };
}
function nameOf({ plural, group }) {
    return group === '' ? plural : `${plural}.${group}`;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/drift-only.js








/**
 * What applying alone would not touch, in the order of a plan: workloads that do not work, pods that run with content
 * that had drifted, objects that nobody declared. What is deleted gets candidates for who did it. `found` is completed
 * by what healing recreates.
 * @param unmanaged what nobody declared, asked for while all else was compared
 */
async function findDriftOnly(options, pairs, found, inventory, unmanaged) {
    await attributeMissing(options, found, pairs, inventory?.record?.time);
    const eyes = attentive(options.cluster);
    const unhealthy = await unhealthyChanges({ cluster: eyes.cluster, policy: options.policy }, pairs, found);
    eyes.refuseLoss();
    const restarts = await planRestarts(options.cluster, found, pairs, inventory?.record?.time);
    const undeclared = (await unmanaged) ?? { changes: [], notes: [] };
    return {
        changes: [...restarts.changes, ...unhealthy, ...undeclared.changes],
        notes: [...blindness(eyes), ...restarts.notes, ...undeclared.notes],
        contents: restarts.contents
    };
}
/** Which of what tells of crashing pods may not be listed. */
function blindness({ forbidden }) {
    const missing = ['pods', 'replicasets.apps'].filter((type) => forbidden.has(type));
    if (missing.length === 0)
        return [];
    return [
        `Whether the pods of all workloads run is not known, because ${missing.join(' and ')} may not be listed. A Role with the verbs get and list on ${missing.join(' and ')} allows it.`
    ];
}
/** A flood of deletions has one cause; events are asked for the first ones only. */
const ASKED_EVENTS = 10;
const MOST_CANDIDATES = 3;
/**
 * Nothing in the cluster says who deleted an object. What there is: when it was deployed, the last event about it, and
 * which people's tools have written to its namespace since.
 */
async function attributeMissing(options, found, pairs, deployed) {
    const missing = [...found.changes].filter(([, change]) => change.action === 'create' && change.attribution === undefined);
    const lives = pairs.map((pair) => pair.live);
    await (0,concurrency/* mapConcurrent */._)(missing, 4, async ([id, change], index) => {
        const { kind, name, namespace } = change.resource;
        const events = index < ASKED_EVENTS ? await eventsAbout(options.cluster, namespace ?? '', [{ kind, name, uid: '' }], 'all') : [];
        const last = events.at(-1);
        const facts = [
            ...(change.reason === undefined ? [] : [change.reason]),
            ...(deployed === undefined ? [] : [`was deployed ${(0,describe/* momentOf */.Et)(deployed)}`]),
            ...(last && last.last > 0 ? [`last event ${(0,describe/* momentOf */.Et)(last.last)}: ${last.reason}`] : [])
        ];
        found.changes.set(id, {
            ...change,
            ...(facts.length > 0 ? { reason: facts.join('; ') } : {}),
            attribution: { known: false, candidates: activeIn(lives, namespace, deployed) }
        });
    });
}
/** People's tools that wrote to objects of a namespace since a deployment, newest first. */
function activeIn(lives, namespace, since = '') {
    const newest = new Map();
    for (const live of lives) {
        if ((0,render_manifest/* namespaceOf */.N6)(live) !== namespace)
            continue;
        for (const entry of (0,ownership/* managedEntries */.mz)(live)) {
            if (entry.manager === ownership/* UNRECORDED */.ce)
                continue;
            if ((0,ownership/* managerKind */.ax)(entry.manager, entry.operation) !== 'person' || (entry.time ?? '') < since)
                continue;
            const known = newest.get(entry.manager);
            if ((known?.time ?? '') < (entry.time ?? '') || !known)
                newest.set(entry.manager, (0,ownership/* actorOf */.dn)(entry));
        }
    }
    return [...newest.values()].sort((a, b) => (b.time ?? '').localeCompare(a.time ?? '')).slice(0, MOST_CANDIDATES);
}
/**
 * Workloads that are degraded although their declaration has not changed. What changes anyway is judged after the
 * change; what has failed for good and nothing starts again is recreated by healing.
 */
async function unhealthyChanges({ cluster, policy }, pairs, found) {
    const steady = new Map(pairs.filter((pair) => !found.changes.has(pair.member.id)).map((pair) => [(0,render_manifest/* objectId */.Tu)(pair.live), pair]));
    const unhealthy = await findUnhealthy(cluster, [...steady.values()].map((pair) => pair.live), policy.healthChecks ? { checks: policy.healthChecks } : {});
    return unhealthy.flatMap((one) => {
        const pair = steady.get(one.resource.id);
        const reason = pair ? withoutName(one.message, pair.live) : one.message;
        if (pair && isDeadForGood(pair.live)) {
            found.restart(pair, `${reason}; nothing starts it again, so healing recreates it`, evidenceOf(one));
            return [];
        }
        return [
            {
                action: 'unhealthy',
                resource: one.resource,
                fields: [],
                reason,
                healable: false,
                ...evidenceOf(one),
                ...(pair ? { source: pair.member.manifest.source } : {})
            }
        ];
    });
}
/** A change names its object itself. */
function withoutName(message, object) {
    const name = `${(0,describe/* describe */.q0)(object)}: `;
    return message.startsWith(name) ? message.slice(name.length) : message;
}
function evidenceOf({ events, logs }) {
    return events.length > 0 || logs.length > 0 ? { evidence: { events, logs } } : {};
}

// EXTERNAL MODULE: ./src/targets/kubernetes/elsewhere.js
var kubernetes_elsewhere = __webpack_require__(6730);
;// CONCATENATED MODULE: ./src/targets/kubernetes/event.js
/**
 * Which hooks belong to a deploy. An installation that never succeeded is made again, its hooks included; a deleted
 * inventory is no installation where members live. Going back to exactly what was deployed before, with something else
 * in between, is a rollback, as with `helm rollback`; trying the same again after it failed stays what it was.
 */
function eventOf(inventory, live, declaredDigest) {
    const record = inventory?.record;
    if (!record)
        return live.members.size > 0 ? 'upgrade' : 'install';
    const deployed = [record, ...record.history];
    const succeeded = deployed.filter((one) => one.status === 'succeeded');
    if (succeeded.length === 0)
        return 'install';
    const other = deployed.findIndex((one) => one.digest !== declaredDigest);
    // What is there already is repeated, not gone back to.
    if (other < 0 || deployed.slice(0, other).some((one) => one.status === 'succeeded'))
        return 'upgrade';
    return succeeded.some((one) => one.digest === declaredDigest) ? 'rollback' : 'upgrade';
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/expiry.js


/** A finished Job with a time to live is deleted by its controller: that it is gone says nothing. */
function mayHaveExpired(object) {
    return (object.kind === 'Job' &&
        (0,render_manifest/* groupOf */.F8)(object) === 'batch' &&
        typeof (0,json.at)(object, 'spec', 'ttlSecondsAfterFinished') === 'number');
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/findings.js






/** Collects what was found, object by object: problems all at once, so that one run shows everything there is to correct. */
class Findings {
    problems = [];
    notes = [];
    /** By object id. */
    changes = new Map();
    steps = new Map();
    foreign = [];
    #options;
    #purpose;
    constructor(options, purpose) {
        this.#options = options;
        this.#purpose = purpose;
    }
    create(member, unchecked) {
        const { object, source } = member.manifest;
        if (this.#purpose === 'drift' && mayHaveExpired(object)) {
            this.notes.push(`${(0,describe/* describe */.q0)(object)} is not there. It has ttlSecondsAfterFinished, so Kubernetes deletes it once it has finished; that is no drift.`);
            return;
        }
        this.steps.set(member.id, { action: 'create', payload: object });
        this.changes.set(member.id, { action: 'create', resource: (0,describe/* resourceOf */.KU)(object), fields: [], source });
        this.unchecked(member, unchecked);
    }
    /** A new object (a member or a hook) of which only writing will tell; `why` is undefined where all is known. */
    unchecked({ manifest }, why) {
        if (why !== undefined)
            this.notes.push(`${(0,describe/* describe */.q0)(manifest.object)} could not be checked before writing: ${why}.`);
    }
    /** An object that is on its way out is created anew once it is gone; healing waits for none that is stuck. */
    leaving(pair) {
        const { object, source } = pair.member.manifest;
        const base = { action: 'create', resource: (0,describe/* resourceOf */.KU)(object), fields: [], source };
        const held = this.#purpose === 'drift' ? stuckText(pair.live, this.#options.now?.() ?? new Date()) : undefined;
        if (held !== undefined) {
            this.changes.set(pair.member.id, { ...base, reason: held, healable: false });
            return;
        }
        this.steps.set(pair.member.id, { action: 'create', payload: object, live: pair.live, leaving: true });
        this.changes.set(pair.member.id, {
            ...base,
            reason: 'the live object is being deleted; it is created anew once it is gone'
        });
    }
    /** Nothing can be written into a namespace that is being deleted: what belongs there is left for the next check. */
    leaveIn(namespaces) {
        const leave = (change) => {
            const { kind, name, namespace } = change.resource;
            const why = namespaces.get(kind === 'Namespace' ? name : (namespace ?? ''));
            return why === undefined ? change : { ...change, reason: why, healable: false };
        };
        for (const [id, change] of this.changes) {
            const left = leave(change);
            if (left === change)
                continue;
            this.changes.set(id, left);
            this.steps.delete(id);
        }
        this.foreign.forEach((change, index) => {
            this.foreign[index] = leave(change);
            if (this.foreign[index] !== change)
                this.steps.delete(change.resource.id);
        });
    }
    /** Missing, and the API server refuses to have it made again. */
    cannotCreate(member, problems) {
        const { object, source } = member.manifest;
        const base = { resource: (0,describe/* resourceOf */.KU)(object), fields: [], source };
        this.changes.set(member.id, { ...base, action: 'create', ...cannot('created', problems) });
    }
    /** What has failed for good, or started with wrong content, and that nothing makes anew by itself. */
    restart({ member, live }, reason, more = {}) {
        // What changes anyway is judged after the change.
        if (this.steps.has(member.id))
            return;
        const { object, source } = member.manifest;
        this.steps.set(member.id, { action: 'restart', payload: object, live });
        this.changes.set(member.id, { action: 'restart', resource: (0,describe/* resourceOf */.KU)(live), fields: [], reason, source, ...more });
    }
    compared(comparison, pair, setId, handover) {
        const { policy } = this.#options;
        const problems = comparisonProblems(comparison, pair.live, {
            setId,
            deploy: this.#purpose === 'deploy',
            conflicts: policy.fieldConflicts,
            replace: policy.replace ?? [],
            handover
        });
        for (const { path, manager, rule } of comparison.recognised ?? [])
            this.#options.log.debug(`${(0,describe/* describe */.q0)(pair.live)}: ${path}, written by ${manager}, is no drift (rule: ${rule})`);
        const { id } = pair.member;
        const base = { resource: (0,describe/* resourceOf */.KU)(pair.live), source: comparison.manifest.source };
        if (problems.length > 0) {
            if (this.#purpose === 'deploy')
                this.problems.push(...problems);
            // One object that cannot be compared must not hide what happened to the others.
            else
                this.changes.set(id, { ...base, action: 'update', fields: [], ...cannot('compared', problems) });
            return;
        }
        const owner = (0,json/* asString */.oJ)((0,json.at)(pair.live, 'metadata', 'labels', kubernetes_inventory/* PART_OF_LABEL */.vr));
        if (this.#purpose === 'drift' && owner !== undefined && owner !== setId && !isMislabelled(pair.live, handover)) {
            // Taking it back would let the next deploy that does not declare it delete what is another target's by now.
            this.changes.set(id, {
                ...base,
                action: 'update',
                fields: comparison.fields,
                reason: `belongs to another target's set (${kubernetes_inventory/* PART_OF_LABEL */.vr}=${owner}) and is not taken back`,
                healable: false
            });
            return;
        }
        const moves = handover?.taken && this.#purpose === 'deploy' ? `taken over from ${handover.from}` : undefined;
        const reasons = [moves, comparison.reason].filter((one) => one !== undefined);
        const reason = reasons.length === 0 ? {} : { reason: reasons.join('; ') };
        const taken = comparison.adoption ?? comparison.displacement;
        const step = {
            payload: comparison.payload,
            live: pair.live,
            ...(taken ? { adoption: taken } : {})
        };
        if (comparison.verdict === 'replace' && !mayReplace(comparison.manifest.object, policy.replace ?? [])) {
            // Only a check comes here: a deploy was refused.
            const why = `${comparison.reason ?? 'a field cannot be changed in place'}; it is only replaced where "replace" names it`;
            this.changes.set(id, { ...base, action: 'replace', fields: comparison.fields, reason: why, healable: false });
            return;
        }
        if (comparison.readOnly) {
            const fields = [...comparison.fields, ...comparison.reclaim];
            const why = `${reasons.join('; ')}; so it cannot be put back either`;
            if (fields.length > 0)
                this.changes.set(id, { ...base, reason: why, action: 'update', fields, healable: false });
        }
        else if (comparison.verdict === 'update' || comparison.verdict === 'replace') {
            this.changes.set(id, { ...base, ...reason, action: comparison.verdict, fields: comparison.fields });
            this.steps.set(id, { ...step, action: comparison.verdict });
        }
        else if (comparison.reclaim.length > 0 || comparison.adoption) {
            this.changes.set(id, {
                ...base,
                action: 'reclaim',
                fields: comparison.reclaim,
                reason: reclaimReason(comparison)
            });
            this.steps.set(id, { ...step, action: 'reclaim' });
        }
        if (comparison.adoption && this.#purpose === 'deploy')
            this.notes.push(`${(0,describe/* describe */.q0)(pair.live)} is taken over from ${comparison.adoption.from.join(', ')}; that alone restarts nothing.`);
        if (this.#purpose !== 'drift')
            return;
        const lasting = comparison.foreign.filter((field) => isLasting(pair.live, field));
        const foreign = comparison.foreign.filter((field) => !lasting.includes(field));
        const added = { ...base, action: 'remove-foreign' };
        if (lasting.length > 0)
            this.foreign.push({ ...added, fields: lasting, reason: LASTING, healable: false });
        if (foreign.length === 0)
            return;
        this.foreign.push({
            ...added,
            fields: foreign,
            reason: 'fields that somebody added inside our object',
            healable: policy.foreignFields === 'revert'
        });
        if (policy.foreignFields === 'revert')
            this.steps.set(id, { action: 'remove-foreign', ...step, ...this.steps.get(id), foreign });
    }
    /** Fields that others added and that healing cannot take away again: told apart, and left. */
    keepForeign(id, refused) {
        const step = this.steps.get(id);
        const index = this.foreign.findIndex((change) => change.resource.id === id && change.healable !== false);
        const change = this.foreign[index];
        if (!step?.foreign || !change)
            return;
        const left = step.foreign.filter((field) => !refused.has(field));
        const { foreign: _, ...rest } = step;
        if (left.length > 0)
            this.steps.set(id, { ...step, foreign: left });
        else if (step.action === 'remove-foreign')
            this.steps.delete(id);
        else
            this.steps.set(id, rest);
        const why = [...new Set(refused.values())].join('; ');
        this.foreign.splice(index, 1, ...(left.length > 0 ? [{ ...change, fields: left }] : []), {
            ...change,
            fields: [...refused.keys()],
            reason: `${change.reason ?? 'added'}, and that cannot be taken away again: ${why}`,
            healable: false
        });
    }
}
const LASTING = 'a debug container, which Kubernetes never takes out of a pod: delete the pod to be rid of it';
/** Controllers that clean up before an object goes have done so by then. */
const CLEANED_UP_MS = 2 * 60_000;
/** Why an object is not expected to be gone soon, or undefined: waiting for it would hold up all other healing. */
function stuckText(live, now) {
    const since = (0,json/* asString */.oJ)(live.metadata['deletionTimestamp']) ?? '';
    const finalizers = live.metadata['finalizers'];
    if (!Array.isArray(finalizers) || finalizers.length === 0)
        return undefined;
    if (!(now.getTime() - Date.parse(since) > CLEANED_UP_MS))
        return undefined;
    return `is being deleted since ${(0,describe/* momentOf */.Et)(since)}, and held by ${finalizers.join(', ')}; it is created anew by the first check after it is gone`;
}
/** What somebody added and no update can take away again. */
function isLasting(live, { location }) {
    return live.kind === 'Pod' && location[0] === 'spec' && location[1] === 'ephemeralContainers';
}
/**
 * Whether the label of another set is only somebody's edit: no such set is known, and what sets labels when it deploys
 * has not set this one.
 */
function isMislabelled(live, handover) {
    if (handover?.taken !== false || !handover.orphaned)
        return false;
    const author = (0,ownership/* attribute */.lt)(live, ['metadata', 'labels', kubernetes_inventory/* PART_OF_LABEL */.vr]);
    return author.known && author.operation === 'Update';
}
function cannot(done, problems) {
    return { reason: `cannot be ${done}: ${problems.join(' ')}`, healable: false };
}
function reclaimReason(comparison) {
    if (comparison.adoption)
        return `was made by ${comparison.adoption.from.join(', ')}, and is taken over as it is`;
    return comparison.reclaim.some((field) => field.attribution?.known)
        ? 'the values are equal, but others own the fields'
        : 'the values are equal, but nothing records any more whose the fields are (managedFields was emptied), so not all that others added can be told';
}

// EXTERNAL MODULE: ./src/targets/kubernetes/handover.js
var handover = __webpack_require__(5207);
;// CONCATENATED MODULE: ./src/targets/kubernetes/inventory-drift.js




/** Where the deployment record lies in the Secret. */
const RECORD = ['data', 'record'];
const PLACES = [
    ['metadata', 'labels', kubernetes_inventory/* ID_LABEL */.X1],
    ['metadata', 'labels', 'app.kubernetes.io/managed-by'],
    ['metadata', 'annotations', kubernetes_inventory/* TOOLING */.Ns],
    ['metadata', 'annotations', kubernetes_inventory/* GROUP_KINDS */.k$],
    ['metadata', 'annotations', kubernetes_inventory/* NAMESPACES */.dK],
    RECORD
];
/**
 * What is wrong with the inventory itself, as a change of a plan for drift: it is not there (`isNew`), or somebody else
 * than a deploy wrote into it. Undefined where nothing is.
 */
function inventoryChange(inventory, { isNew, extent }) {
    if (!inventory)
        return undefined;
    const wanted = (0,kubernetes_inventory/* parentOf */.gN)({ ...inventory, ...extent });
    const base = { resource: (0,describe/* resourceOf */.KU)(wanted), fields: [] };
    if (isNew)
        return { ...base, action: 'create', ...madeAnew(inventory) };
    const { parent } = inventory;
    const paths = parent ? edited(parent) : [];
    if (!parent || paths.length === 0)
        return undefined;
    return {
        ...base,
        action: 'update',
        fields: paths.map((path) => {
            const attribution = (0,ownership/* attribute */.lt)(parent, path);
            return { path: (0,ownership/* printPath */.bA)(path), ...valuesAt(path, parent, wanted, inventory), attribution };
        }),
        reason: 'the inventory of this target, which only deploys write',
        ...(paths.includes(RECORD) ? { healable: false } : {})
    };
}
/** Without a record there is nothing to say in it of what is deployed: that takes a deploy. */
function madeAnew({ record }) {
    const attribution = { known: false, candidates: [] };
    if (record)
        return { reason: 'somebody deleted the inventory of this target, which is made anew', attribution };
    return {
        reason: 'somebody deleted the inventory of this target; a deploy makes it anew',
        healable: false,
        attribution
    };
}
/** Why nothing is healed when what was deployed is told by a record that somebody edited. */
function holdForRecord({ parent }) {
    if (!parent || !edited(parent).includes(RECORD))
        return undefined;
    const author = (0,ownership/* attribute */.lt)(parent, RECORD);
    const by = author.known ? ` by ${author.manager}${author.time ? ` (${(0,describe/* momentOf */.Et)(author.time)})` : ''}` : '';
    return {
        by: 'policy',
        reason: `the record of what was deployed was edited${by}, so it is not certain what to put back: deploy once more`
    };
}
/** What a deploy wrote, and is not as it wrote it any more: it has lost the ownership. */
function edited(parent) {
    const own = (0,ownership/* ownEntry */.Pl)((0,ownership/* managedEntries */.mz)(parent))?.fields;
    return PLACES.filter((path) => (0,ownership/* nodeAt */.oB)(own, path) === undefined);
}
function valuesAt(path, parent, wanted, { record }) {
    if (path !== RECORD)
        return { before: shown((0,ownership/* valueAt */.fK)(parent, path)), after: shown((0,ownership/* valueAt */.fK)(wanted, path)) };
    const told = [record?.revision ?? record?.digest, record?.time].filter((one) => one !== undefined).join(', ');
    return {
        before: (0,ownership/* valueAt */.fK)(parent, path) === undefined ? { type: 'absent' } : { type: 'value', value: told || 'unreadable' },
        after: { type: 'value', value: 'what the last deploy wrote' }
    };
}
function shown(value) {
    const text = (0,json/* asString */.oJ)(value);
    return text === undefined ? { type: 'absent' } : { type: 'value', value: text };
}

// EXTERNAL MODULE: ./src/targets/kubernetes/compare/refusal.js
var compare_refusal = __webpack_require__(890);
;// CONCATENATED MODULE: ./src/targets/kubernetes/namespaces.js





/**
 * Looks at every namespace that the target's inventory, members and hooks need.
 * @param live what is being read meanwhile: only namespaces that are members are taken from it
 */
async function readNamespaces(cluster, home, declared, live) {
    const declaredNames = new Set(declared.members
        .filter((member) => isNamespace(member.manifest))
        .map((member) => member.manifest.object.metadata.name));
    const used = new Set([home, ...declaredNames]);
    for (const member of declared.members)
        if (member.namespace !== undefined)
            used.add(member.namespace);
    for (const hook of declared.hooks) {
        const namespace = (0,render_manifest/* namespaceOf */.N6)(hook.object);
        if (namespace !== undefined)
            used.add(namespace);
    }
    const missing = new Set();
    const create = [];
    const leaving = new Map();
    const found = await (0,concurrency/* mapConcurrent */._)([...used], 16, async (name) => ({
        name,
        object: (declaredNames.has(name) ? (await live).members.get(`Namespace/${name}`) : undefined) ??
            (await readNamespace(cluster, name))
    }));
    for (const { name, object } of found) {
        if (object === 'unknown')
            continue;
        if (!object) {
            missing.add(name);
            if (!declaredNames.has(name))
                create.push({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
        }
        else if (object.metadata['deletionTimestamp'] !== undefined)
            leaving.set(name, `Namespace ${name} is being deleted. Wait until it is gone, or find what holds it: kubectl get namespace ${name} -o yaml.`);
    }
    return { missing, create, leaving };
}
/** Why namespaces that the target needs and nobody declares cannot be created, one sentence each: known before the first write. */
async function namespaceProblems(cluster, create) {
    const found = await (0,concurrency/* mapConcurrent */._)(create, 16, async (namespace) => {
        try {
            await cluster.apply(namespace, { dryRun: true, force: true });
            return [];
        }
        catch (error) {
            if (!(error instanceof kubernetes_cluster/* ApiError */.hD))
                throw error;
            if ((0,compare_refusal/* refusalOf */.O)(error).type === 'no-dry-run')
                return [];
            const { name } = namespace.metadata;
            return [problems_explain(error, `Namespace ${name}, which this target needs and which is neither there nor declared`)];
        }
    });
    return found.flat();
}
function isNamespace(manifest) {
    return manifest.object.kind === 'Namespace' && (0,render_manifest/* groupOf */.F8)(manifest.object) === '';
}
/** Credentials for one namespace often may not read it as an object: then it exists, or the first request in it says so. */
async function readNamespace(cluster, name) {
    try {
        return await cluster.get({ apiVersion: 'v1', kind: 'Namespace', name });
    }
    catch (error) {
        if (error instanceof kubernetes_cluster/* ApiError */.hD && error.code === 403)
            return 'unknown';
        throw error;
    }
}

// EXTERNAL MODULE: ./src/moment.js
var moment = __webpack_require__(4386);
;// CONCATENATED MODULE: ./src/targets/kubernetes/pause.js





/** Set on a live object by whoever needs it left alone: until when healing leaves it. */
const PAUSE_ANNOTATION = 'gitops-actions.dev/pause-healing-until';
/** Why; shown beside it. */
const PAUSE_REASON_ANNOTATION = 'gitops-actions.dev/pause-healing-reason';
/** Breaking the glass is no drift itself. */
const PAUSE_FIELDS = {
    kind: '*',
    pointers: [PAUSE_ANNOTATION, PAUSE_REASON_ANNOTATION].map((name) => `/metadata/annotations/${name.replaceAll('/', '~1')}`)
};
/**
 * The objects that somebody asked healing to leave alone, by object id, and what a reader must know of them. A date
 * that cannot be read holds, because whoever wrote it meant to: nothing is overwritten over a slip of the pen.
 */
function pausesOf(objects, { log, now = () => new Date() }) {
    const held = new Map();
    const notes = [];
    for (const object of objects) {
        const text = (0,json/* asString */.oJ)((0,json.at)(object, 'metadata', 'annotations', PAUSE_ANNOTATION));
        if (text === undefined || held.has((0,render_manifest/* objectId */.Tu)(object)))
            continue;
        const until = (0,moment/* parseMoment */.mI)(text.trim());
        if (until && until <= now())
            continue;
        const facts = `${by(object)}${because(object)}`;
        if (until) {
            const reason = `healing is paused until ${(0,moment/* momentText */.Am)(until)}${facts}`;
            held.set((0,render_manifest/* objectId */.Tu)(object), { by: 'pause', reason, until: until.toISOString() });
            notes.push(`${(0,describe/* describe */.q0)(object)}: ${reason}.`);
            continue;
        }
        const reason = `healing is paused${facts}: the annotation ${PAUSE_ANNOTATION} is "${text}", which must be ${moment/* MOMENT_MUST */.Vd}`;
        held.set((0,render_manifest/* objectId */.Tu)(object), { by: 'pause', reason });
        notes.push(`${(0,describe/* describe */.q0)(object)}: ${reason}. It is left alone until the annotation is corrected or removed.`);
        log.warning(`${(0,describe/* describe */.q0)(object)}: ${reason}.`);
    }
    return { held, notes };
}
function by(object) {
    const author = (0,ownership/* attribute */.lt)(object, ['metadata', 'annotations', PAUSE_ANNOTATION]);
    if (!author.known)
        return '';
    return ` by ${author.manager}${author.time === undefined ? '' : ` (${(0,describe/* momentOf */.Et)(author.time)})`}`;
}
function because(object) {
    const reason = (0,json/* asString */.oJ)((0,json.at)(object, 'metadata', 'annotations', PAUSE_REASON_ANNOTATION))?.trim();
    return reason ? `, because: ${reason}` : '';
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/stand-in.js








/** Every cluster has it, and most deployers may write there. */
const DEFAULT = 'default';
/** So many other namespaces are asked whether a refusal is about the first one. */
const OPINIONS = 2;
/**
 * Checks objects where they are not: those of namespaces that do not exist yet in one that does, because a dry run
 * cannot see a namespace that is not there; and those that come in the place of an older one under another name.
 */
class StandIns {
    #cluster;
    #others;
    constructor(cluster) {
        this.#cluster = cluster;
    }
    /** An object of a namespace that this run creates. */
    async ofNewNamespace(declared) {
        const first = await this.#check(declared, DEFAULT);
        if (first.result !== 'refused' || !isAdmission(first.error))
            return first;
        // A policy may only mean that namespace ("nothing in default"): then others are not refused for the same.
        for (const namespace of await this.#otherNamespaces()) {
            const other = await this.#check(declared, namespace);
            if (other.result === 'refused')
                continue;
            const unchecked = `its namespace is created by this run, and what admission says there is not known (in ${DEFAULT} it says: ${first.error.message})`;
            return { result: 'missing', declared, unchecked };
        }
        return first;
    }
    /** An object in its own namespace, where an older one of its name says nothing: it is deleted before. */
    inPlace(declared) {
        return this.#check(declared, declared.namespace);
    }
    /** Under its own name, so that the name is checked too, unless something there has it already; then under a random one (the trick of kluctl). */
    async #check(declared, namespace) {
        const { object } = declared.manifest;
        const metadata = namespace === undefined ? object.metadata : { ...object.metadata, namespace };
        const moved = { ...object, metadata };
        const named = await this.#try(declared, moved);
        if (named === 'created')
            return { result: 'missing', declared };
        // It exists there, so that the answer is about another object; or it is refused, which may be for the same reason.
        const isTaken = named === 'exists' || (await this.#exists(moved));
        if (!isTaken)
            return named;
        const name = `preflight-${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`;
        const stand = await this.#try(declared, { ...moved, metadata: { ...metadata, name } });
        return typeof stand === 'string' ? { result: 'missing', declared } : stand;
    }
    async #try(declared, stand) {
        const { object } = declared.manifest;
        const isRenamed = stand.metadata.name !== object.metadata.name;
        const isMoved = (0,render_manifest/* namespaceOf */.N6)(stand) !== (0,render_manifest/* namespaceOf */.N6)(object);
        try {
            const predicted = await this.#cluster.apply(stand, { dryRun: true, force: true });
            // A dry-run create is stored nowhere, so it has no resourceVersion.
            return (0,json/* asString */.oJ)(predicted.metadata['resourceVersion']) === undefined ? 'created' : 'exists';
        }
        catch (error) {
            if (!(error instanceof kubernetes_cluster/* ApiError */.hD))
                throw error;
            const blind = takesNoDryRun(declared, error);
            if (blind)
                return blind;
            // What is refused about the stand-in itself (no right to write in `default`, a name with a meaning) says nothing about the object.
            const isAboutStandIn = isRenamed && error.causes.some((cause) => cause.field === 'metadata.name');
            const isAboutPlace = isMoved && (error.code === 403 || error.code === 404);
            if (isAboutStandIn || isAboutPlace || (isRenamed && isAboutOlder(error)))
                return { result: 'missing', declared, unchecked: isMoved ? NEW_NAMESPACE : OLDER };
            const there = `${(0,render_manifest/* namespaceOf */.N6)(stand)}/${stand.metadata.name}`;
            const message = error.message
                .replaceAll(there, `${declared.namespace}/${object.metadata.name}`)
                .replaceAll(stand.metadata.name, object.metadata.name);
            const known = new kubernetes_cluster/* ApiError */.hD(error.code, error.reason, message, { causes: error.causes });
            return { result: 'refused', declared, error: (0,compare/* redactedError */.JM)(object, known) };
        }
    }
    async #exists(object) {
        try {
            return (await this.#cluster.get((0,describe/* refOf */.H8)(object))) !== undefined;
        }
        catch (error) {
            if (error instanceof kubernetes_cluster/* ApiError */.hD && error.code === 403)
                return true;
            throw error;
        }
    }
    /** Those of users first: webhooks often leave out what belongs to Kubernetes itself. */
    #otherNamespaces() {
        this.#others ??= this.#listNamespaces();
        return this.#others;
    }
    async #listNamespaces() {
        const type = await this.#cluster.resourceFor('v1', 'Namespace');
        if (!type)
            return [];
        try {
            const names = (await this.#cluster.list(type)).items
                .filter((one) => (0,json.at)(one, 'status', 'phase') !== 'Terminating' && one.metadata.name !== DEFAULT)
                .map((one) => one.metadata.name);
            const system = (name) => name.startsWith('kube-');
            return [...names.filter((name) => !system(name)), ...names.filter(system)].slice(0, OPINIONS);
        }
        catch (error) {
            if (error instanceof kubernetes_cluster/* ApiError */.hD && error.code === 403)
                return ['kube-public'];
            throw error;
        }
    }
}
const NEW_NAMESPACE = 'its namespace is created by this run';
const OLDER = 'an older one of its name is there, and under another name it cannot be asked for';
/** What the older object itself takes away from one of another name: its port, its share of a quota, a right by its name. */
function isAboutOlder(error) {
    return ((0,explain/* explainForbidden */.Dh)(error) !== undefined ||
        /already (allocated|defined|exists|in use|used)|exceeded quota/.test(error.message));
}
/** A webhook's or a policy's words, not the validation of the API itself, which is the same everywhere. */
function isAdmission(error) {
    return /admission webhook|ValidatingAdmissionPolicy/.test(error.message);
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/preflight.js








/** Concurrent requests; the client adapts below that to what the API server bears. */
const preflight_CONCURRENCY = 32;
/**
 * Asks the API server what would become of objects that were not found among the target's members, without
 * writing: a dry-run apply validates, passes admission, and tells by its resourceVersion whether the object exists.
 * `newNamespaces` are those that this run creates first; their members are checked under another name in a
 * namespace that exists, because a dry run cannot see a namespace that is not there yet.
 */
async function preflight(cluster, declared, newNamespaces) {
    const standIns = new StandIns(cluster);
    const checked = await (0,concurrency/* mapConcurrent */._)(declared, preflight_CONCURRENCY, (one) => isNew(one, newNamespaces) ? standIns.ofNewNamespace(one) : check(cluster, one));
    return checked.map((one) => unlessNeeding(one, declared));
}
function isNew({ namespace, resource }, newNamespaces) {
    return resource !== undefined && namespace !== undefined && newNamespaces.has(namespace);
}
function unlessNeeding(one, created) {
    const needed = one.result === 'refused' ? neededOf(one, created) : undefined;
    return needed === undefined
        ? one
        : { result: 'missing', declared: one.declared, unchecked: `it needs ${(0,describe/* describe */.q0)(needed)}, which this run creates` };
}
/**
 * What an object was refused for not finding, when this very run creates that: a Pod's account or priority, the role
 * of a binding. A dry run does not see what other dry runs made.
 */
function neededOf({ declared: one, error }, created) {
    if ((error.code !== 403 && error.code !== 404) || (0,explain/* explainForbidden */.Dh)(error) !== undefined)
        return undefined;
    const object = one.manifest.object;
    const others = created.filter((other) => other.id !== one.id).map((other) => other.manifest.object);
    const role = (0,json.at)(object, 'roleRef', 'name');
    if (role !== undefined)
        return others.find((other) => other.kind === (0,json.at)(object, 'roleRef', 'kind') && other.metadata.name === role);
    // It begins with the name of the object itself, which other objects may have as well.
    const said = error.message.replace(/^[\w.-]+ "[^"]*" is forbidden: /, '');
    if (!/not found|no PriorityClass with name/.test(said))
        return undefined;
    const words = new Set(said.split(/[^\w.:-]+/).flatMap((word) => [word, word.replace(/[:.]+$/, '')]));
    const kind = NEEDED_KIND.exec(said)?.[0].toLowerCase();
    return others.find((other) => words.has(other.metadata.name) && (kind === undefined || other.kind.toLowerCase() === kind));
}
/** What the admission of pods looks for by itself. */
const NEEDED_KIND = /\b(serviceaccount|RuntimeClass|PriorityClass)\b/;
/**
 * The same for hooks that this run will start, so that a mistake in the last of them is known before the first write.
 * An older hook object of the same name says nothing: it is deleted before.
 * @param created members that this run creates, and that hooks may need
 */
async function preflightHooks(cluster, hooks, created, newNamespaces) {
    const standIns = new StandIns(cluster);
    const declared = await Promise.all(hooks.map(async (manifest) => {
        const { apiVersion, kind } = manifest.object;
        const resource = await cluster.resourceFor(apiVersion, kind);
        return { id: (0,render_manifest/* objectId */.Tu)(manifest.object), manifest, namespace: (0,render_manifest/* namespaceOf */.N6)(manifest.object), resource };
    }));
    const checked = await (0,concurrency/* mapConcurrent */._)(declared, preflight_CONCURRENCY, async (one) => {
        if (!one.resource)
            return { result: 'missing', declared: one, unchecked: UNDEFINED_YET };
        return isNew(one, newNamespaces) ? standIns.ofNewNamespace(one) : standIns.inPlace(one);
    });
    return checked.map((one) => unlessNeeding(one, [...created, ...declared]));
}
/**
 * What is to be replaced is deleted first, so that it can be made anew must be known before: those of which the API
 * server would not take it become errors.
 * @param replaced whether a comparison's object is to be deleted and created anew
 */
async function preflightReplacements(cluster, comparisons, replaced) {
    const standIns = new StandIns(cluster);
    return (0,concurrency/* mapConcurrent */._)(comparisons, preflight_CONCURRENCY, async (comparison) => {
        if (comparison.verdict !== 'replace' || !replaced(comparison))
            return comparison;
        const { manifest } = comparison;
        const { object } = manifest;
        const resource = await cluster.resourceFor(object.apiVersion, object.kind);
        const anew = await standIns.inPlace({ id: (0,render_manifest/* objectId */.Tu)(object), manifest, namespace: (0,render_manifest/* namespaceOf */.N6)(object), resource });
        if (anew.result !== 'refused')
            return comparison;
        const { code, reason, message, causes } = anew.error;
        const told = `it would have to be deleted and created anew (${comparison.reason ?? 'a field cannot be changed in place'}), but that is refused: ${message}`;
        return { ...comparison, verdict: 'error', error: new kubernetes_cluster/* ApiError */.hD(code, reason, told, { causes }) };
    });
}
/**
 * What this run puts into force and no dry run can know of: whether it would refuse other objects of the same run. One
 * sentence each.
 */
function unaskedGates(steps) {
    return [...steps].flatMap(({ action, payload }) => {
        const sort = (0,render_manifest/* groupOf */.F8)(payload) === 'admissionregistration.k8s.io' ? GATES.get(payload.kind) : undefined;
        // A new policy is only in force by its binding.
        if (sort === undefined || (sort === 'policy' && action === 'create'))
            return [];
        const does = action === 'create' ? 'comes with' : 'changes in';
        return [
            `${(0,describe/* describe */.q0)(payload)} ${does} this run: what it says to the other objects of this run could not be asked before writing.`
        ];
    });
}
const GATES = new Map([
    ['ValidatingAdmissionPolicy', 'policy'],
    ['MutatingAdmissionPolicy', 'policy'],
    ['ValidatingAdmissionPolicyBinding', 'in force'],
    ['MutatingAdmissionPolicyBinding', 'in force'],
    ['ValidatingWebhookConfiguration', 'in force'],
    ['MutatingWebhookConfiguration', 'in force']
]);
const UNDEFINED_YET = 'its CustomResourceDefinition is created by this run';
async function check(cluster, declared) {
    if (!declared.resource)
        return { result: 'missing', declared, unchecked: UNDEFINED_YET };
    try {
        const { object } = declared.manifest;
        const predicted = await cluster.apply(object, { dryRun: true, force: true });
        // A dry-run create is stored nowhere, so it has no resourceVersion.
        if ((0,json/* asString */.oJ)(predicted.metadata['resourceVersion']) === undefined)
            return { result: 'missing', declared, predicted };
        const live = await cluster.get((0,describe/* refOf */.H8)(object));
        return live ? { result: 'exists', declared, live } : { result: 'missing', declared, predicted };
    }
    catch (error) {
        if (!(error instanceof kubernetes_cluster/* ApiError */.hD))
            throw error;
        return (takesNoDryRun(declared, error) ?? {
            result: 'refused',
            declared,
            error: (0,compare/* redactedError */.JM)(declared.manifest.object, error)
        });
    }
}
/** What a webhook that takes no dry runs leaves to be found out by writing. */
function takesNoDryRun(declared, error) {
    if (error.code !== 400 || !/does not support dry run/i.test(error.message))
        return undefined;
    return { result: 'missing', declared, unchecked: `a webhook refuses dry runs (${error.message})` };
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/removals.js








const removals_CONCURRENCY = 8;
/**
 * What others added may be there to stay: nothing makes a ConfigMap mutable again, and a policy may ask for a label.
 * What the API server would refuse to have taken away is reported and left, so that it keeps nothing else from being
 * healed.
 */
async function preflightRemovals(cluster, found) {
    await (0,concurrency/* mapConcurrent */._)([...found.steps], removals_CONCURRENCY, async ([id, { action, live, foreign }]) => {
        if (!live || !foreign || action === 'replace' || action === 'restart')
            return;
        const refused = await refusalsOf(cluster, live, foreign);
        if (refused.size > 0)
            found.keepForeign(id, refused);
    });
}
/** Why fields cannot be taken away: asked of all at once, and of each only where that was refused. */
async function refusalsOf(cluster, live, fields) {
    const why = await refusalToRemove(cluster, live, fields);
    if (why === undefined)
        return new Map();
    if (fields.length === 1)
        return new Map(fields.map((field) => [field, why]));
    const refused = new Map();
    for (const field of fields) {
        const own = await refusalToRemove(cluster, live, [field]);
        if (own !== undefined)
            refused.set(field, own);
    }
    const left = fields.filter((field) => !refused.has(field));
    // Each may go, but not all of them; or none is to blame alone.
    const together = left.length > 0 ? await refusalToRemove(cluster, live, left) : undefined;
    if (together !== undefined)
        for (const field of left)
            refused.set(field, together);
    return refused;
}
async function refusalToRemove(cluster, live, fields) {
    try {
        await patchAsItIs(cluster, live, (now) => (0,compare/* removalPatch */.fQ)(now, fields), { fieldManager: compare/* REVERT_MANAGER */.z8, dryRun: true });
        return undefined;
    }
    catch (error) {
        // A missing right may be that of a check that never writes; a webhook without dry runs says nothing of the field.
        if (!(error instanceof kubernetes_cluster/* ApiError */.hD))
            throw error;
        if ((0,explain/* explainForbidden */.Dh)(error) !== undefined)
            return undefined;
        const refusal = (0,compare_refusal/* refusalOf */.O)(error);
        if (refusal.type === 'no-dry-run')
            return undefined;
        if (refusal.type === 'immutable')
            return refusal.reason;
        return problems_explain((0,compare/* redactedError */.JM)(live, error), (0,describe/* describe */.q0)(live));
    }
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/restore.js

/**
 * The inventory of a target that has none in the cluster, from what is left: the labels of its live members say where
 * they are, another store remembers what was deployed. Without any member nothing is restored, because nothing of the
 * target is here: it is a first deploy to this place.
 */
async function restore(options, key, live) {
    const record = await options.remembered?.();
    if (live.members.size === 0) {
        if (!record)
            return { notes: [] };
        return {
            notes: [
                `The deployment record in GitHub says that this target was deployed ${record.time}, but neither its inventory nor any of its objects is here: it is deployed as if for the first time.`
            ]
        };
    }
    const memory = record ? ' and from the deployment record in GitHub' : '';
    return {
        inventory: {
            key,
            ...extent_extentOf(live.members.values()),
            ...(record ? { record } : {})
        },
        notes: [
            `The inventory of this target is gone; it is restored from the labels of ${live.members.size === 1 ? 'one live object' : `${live.members.size} live objects`}${memory}.`,
            ...hiddenNotes(live)
        ]
    };
}
/** An inventory that somebody edited, with every type and namespace in which members were found as well. */
function mended(inventory, live) {
    if (inventory.edited === undefined)
        return { inventory, notes: [] };
    return {
        inventory: { ...inventory, ...extent_extentOf(live.members.values(), inventory) },
        notes: [inventory.edited, ...hiddenNotes(live)]
    };
}
function hiddenNotes({ hidden = [] }) {
    if (hidden.length === 0)
        return [];
    return [`Objects of these types could not be looked for, so old ones may be forgotten: ${hidden.join(', ')}.`];
}

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
;// CONCATENATED MODULE: ./src/targets/kubernetes/schema/formats.js

const matching = (pattern, must) => ({ fits: (value) => pattern.test(value), must });
const UUID = (version) => new RegExp(`^[0-9a-f]{8}-?[0-9a-f]{4}-?${version}[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}$`, 'i');
const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
/**
 * The formats of texts that API servers check in custom resources (apiextensions `pkg/apiserver/validation/formats.go`).
 * Each refuses only what every version refuses: the real checks have their quirks.
 */
const FORMATS = {
    'date-time': matching(/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:?\d\d)$/, 'a time such as 2026-01-31T12:00:00Z'),
    date: matching(/^\d{4}-\d\d-\d\d$/, 'a date such as 2026-01-31'),
    byte: matching(/^[A-Za-z0-9+/\s]*={0,2}\s*$/, 'base64'),
    duration: matching(/^[-+]?0$|\d\s*[A-Za-zµμ]/, 'a duration such as 1h30m'),
    ipv4: { fits: (value) => isAddress(value) && value.includes('.'), must: 'an IPv4 address' },
    ipv6: { fits: (value) => isAddress(value) && value.includes(':'), must: 'an IPv6 address' },
    cidr: { fits: isNetwork, must: 'a network such as 10.0.0.0/8' },
    mac: matching(/^[0-9a-f]{2,4}([-:.][0-9a-f]{2,4}){2,19}$/i, 'a MAC address'),
    uuid: matching(UUID('[0-9a-f]'), 'a UUID'),
    uuid3: matching(UUID('3'), 'a UUID of version 3'),
    uuid4: matching(UUID('4'), 'a UUID of version 4'),
    uuid5: matching(UUID('5'), 'a UUID of version 5'),
    uri: {
        // Relative ones are refused, and control characters.
        fits: (value) => /^([a-z][a-z0-9+.-]*:|\/)/i.test(value) && ![...value].some((one) => one < ' ' || one === '\x7f'),
        must: 'an absolute URI'
    },
    email: matching(/.@./s, 'an e-mail address'),
    hostname: matching(/^[^\s/:@]+$/, 'a host name')
};
const NAME_MUST = 'must have at most 253 lower-case letters, digits, "-" and ".", and begin and end with a letter or a digit';
/** What names an object of a custom kind: a DNS subdomain of RFC 1123. */
function isObjectName(name) {
    return name.length <= 253 && new RegExp(`^${LABEL}(\\.${LABEL})*$`).test(name);
}
/** API servers still take parts with leading zeros, as they always did. */
function isAddress(value) {
    return (0,external_node_net_.isIP)(value.replace(/(^|[.:])0+(?=\d{1,3}(\.|$))/g, '$1')) !== 0 && !value.includes('%');
}
function isNetwork(value) {
    const [address = '', bits = '', ...more] = value.split('/');
    const most = address.includes(':') ? 128 : 32;
    return more.length === 0 && isAddress(address) && /^\d+$/.test(bits) && Number(bits) <= most;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/schema/limits.js


/** Which limits of a schema a value breaks (lengths, ranges, patterns, formats): one clause each, to follow its path. */
function limitsOf(value, schema) {
    const found = [];
    const check = (broken, message) => {
        if (broken)
            found.push(message);
    };
    if (typeof value === 'string') {
        const length = [...value].length;
        bound(schema, 'minLength', (limit) => check(length < limit, `must have at least ${limit} characters`));
        bound(schema, 'maxLength', (limit) => check(length > limit, `must have at most ${limit} characters, not ${length}`));
        const pattern = (0,json/* asString */.oJ)(schema['pattern']);
        if (pattern !== undefined)
            check(regExp(pattern)?.test(value) === false, `must match ${pattern}`);
        const format = FORMATS[(0,json/* asString */.oJ)(schema['format']) ?? ''];
        if (format)
            check(!format.fits(value), `must be ${format.must}`);
    }
    else if (typeof value === 'number') {
        const over = schema['exclusiveMaximum'] === true;
        const under = schema['exclusiveMinimum'] === true;
        bound(schema, 'minimum', (limit) => check(under ? value <= limit : value < limit, `must be ${under ? 'more than' : 'at least'} ${limit}, but is ${value}`));
        bound(schema, 'maximum', (limit) => check(over ? value >= limit : value > limit, `must be ${over ? 'less than' : 'at most'} ${limit}, but is ${value}`));
        bound(schema, 'multipleOf', (step) => check(Math.abs(value / step - Math.round(value / step)) > 1e-9, `must be a multiple of ${step}`));
        if (schema['format'] === 'int32')
            check(Math.abs(value) > 2 ** 31, 'does not fit 32 bits');
    }
    else if (Array.isArray(value)) {
        bound(schema, 'minItems', (limit) => check(value.length < limit, `must have at least ${limit} items`));
        bound(schema, 'maxItems', (limit) => check(value.length > limit, `must have at most ${limit} items, not ${value.length}`));
    }
    else if ((0,json/* isObject */.Gv)(value)) {
        const size = Object.keys(value).length;
        bound(schema, 'minProperties', (limit) => check(size < limit, `must have at least ${limit} entries`));
        bound(schema, 'maxProperties', (limit) => check(size > limit, `must have at most ${limit} entries, not ${size}`));
    }
    return found;
}
function bound(schema, name, use) {
    const limit = (0,json/* asNumber */.i)(schema[name]);
    if (limit !== undefined)
        use(limit);
}
const compiled = new Map();
/** Go's pattern in JavaScript; undefined where the two differ so far that it cannot be read: then it is not judged. */
function regExp(pattern) {
    if (compiled.has(pattern))
        return compiled.get(pattern);
    let expression;
    try {
        // Inline flags and \pN without braces are RE2's own.
        expression = /\(\?[a-zA-Z-]+[:)]|\\[QEzA]|\[\[:/.test(pattern) ? undefined : new RegExp(pattern, 'u');
    }
    catch {
        expression = undefined;
    }
    compiled.set(pattern, expression);
    return expression;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/schema/validate.js



/**
 * Validates a custom resource against the structural schema (`openAPIV3Schema`) of its definition, as the API server
 * does when it is applied: types, unknown and missing fields, enums, patterns, limits, list keys, embedded objects.
 * Defaults count as given. CEL rules and conversions are not evaluated.
 */
function validate(object, schema) {
    const run = { issues: [], rules: false };
    // The API server validates the head of an object by itself, whatever the schema says of it.
    const { apiVersion: _a, kind: _k, metadata: _m, ...content } = object;
    const properties = (0,json/* asObject */.eB)(schema['properties']) ?? {};
    const { apiVersion: _pa, kind: _pk, metadata: _pm, ...own } = properties;
    const required = ((0,json/* asList */.DD)(schema['required']) ?? []).filter((name) => !HEAD.has(String(name)));
    const whole = { ...schema, properties: own, required };
    visit(run, withDefaults(content, whole), whole, '');
    visitName(run, object, schema);
    return { issues: run.issues, rules: run.rules };
}
const HEAD = new Set(['apiVersion', 'kind', 'metadata']);
/** A schema may say more of the name than that it is one. */
function visitName(run, object, schema) {
    const name = (0,json.at)(object, 'metadata', 'name');
    if (typeof name !== 'string')
        return;
    const path = 'metadata.name';
    if (!isObjectName(name))
        run.issues.push({ path, message: NAME_MUST });
    const rule = (0,json/* asObject */.eB)((0,json.at)(schema, 'properties', 'metadata', 'properties', 'name'));
    if (rule)
        visit(run, name, rule, path);
}
/** A value as the API server validates it: with the defaults of its schema, those inside of them included. */
function withDefaults(value, schema) {
    if (Array.isArray(value)) {
        const items = (0,json/* asObject */.eB)(schema['items']);
        return items ? value.map((item) => withDefaults(item, items)) : value;
    }
    if (!(0,json/* isObject */.Gv)(value))
        return value;
    const properties = (0,json/* asObject */.eB)(schema['properties']) ?? {};
    const extra = (0,json/* asObject */.eB)(schema['additionalProperties']);
    const result = { ...value };
    for (const [name, property] of Object.entries(properties)) {
        const preset = (0,json.at)(property, 'default');
        const given = result[name];
        const isMissing = given === undefined || (given === null && (0,json.at)(property, 'nullable') !== true);
        if (preset !== undefined && isMissing)
            result[name] = preset;
    }
    for (const [name, child] of Object.entries(result)) {
        const below = (0,json/* asObject */.eB)(properties[name]) ?? extra;
        if (below)
            result[name] = withDefaults(child, below);
    }
    return result;
}
function visit(run, value, schema, path) {
    if (schema['x-kubernetes-validations'] !== undefined)
        run.rules = true;
    if (value === null && schema['nullable'] === true)
        return;
    const wrong = wrongType(value, schema);
    if (wrong !== undefined) {
        run.issues.push({ path, message: wrong });
        return;
    }
    if (value === null)
        return;
    const allowed = (0,json/* asList */.DD)(schema['enum']);
    if (allowed && !allowed.some((one) => same(one, value)))
        run.issues.push({ path, message: `must be one of ${allowed.map(validate_shown).join(', ')}, but is ${validate_shown(value)}` });
    for (const message of limitsOf(value, schema))
        run.issues.push({ path, message });
    if ((0,json/* isObject */.Gv)(value))
        visitObject(run, value, schema, path);
    else if (Array.isArray(value))
        visitList(run, value, schema, path);
    visitLogic(run, value, schema, path);
}
function visitObject(run, value, schema, path) {
    const embedded = schema['x-kubernetes-embedded-resource'] === true;
    const properties = (0,json/* asObject */.eB)(schema['properties']) ?? {};
    const extra = schema['additionalProperties'];
    const open = schema['x-kubernetes-preserve-unknown-fields'] === true || extra === true;
    for (const [name, child] of Object.entries(value)) {
        if (embedded && HEAD.has(name))
            continue;
        const below = path === '' ? name : /^[\w-]+$/.test(name) ? `${path}.${name}` : `${path}[${name}]`;
        const property = (0,json/* asObject */.eB)(properties[name]) ?? (0,json/* asObject */.eB)(extra);
        if (property)
            visit(run, child, property, below);
        else if (!open && !(name in properties))
            run.issues.push({ path: below, message: 'is not known to the schema' });
    }
    for (const name of (0,json/* asList */.DD)(schema['required']) ?? []) {
        const key = String(name);
        const given = value[key];
        const property = (0,json/* asObject */.eB)(properties[key]);
        const missing = given === undefined || (given === null && property?.['nullable'] !== true);
        if (missing)
            run.issues.push({ path: path === '' ? key : `${path}.${key}`, message: 'is required' });
    }
    if (embedded)
        for (const name of ['apiVersion', 'kind'])
            if ((0,json/* asString */.oJ)(value[name]) === undefined)
                run.issues.push({ path: `${path}.${name}`, message: 'is required' });
}
function visitList(run, value, schema, path) {
    const items = (0,json/* asObject */.eB)(schema['items']);
    if (items)
        for (const [index, item] of value.entries())
            visit(run, item, items, `${path}[${index}]`);
    const type = (0,json/* asString */.oJ)(schema['x-kubernetes-list-type']);
    const keys = ((0,json/* asList */.DD)(schema['x-kubernetes-list-map-keys']) ?? []).map(String);
    const seen = new Map();
    if (type !== 'map' && type !== 'set')
        return;
    for (const [index, item] of value.entries()) {
        const id = (0,json/* stringifyJson */.sd)(type === 'map' && (0,json/* isObject */.Gv)(item) ? keys.map((key) => item[key] ?? null) : item);
        const first = seen.get(id);
        if (first !== undefined)
            run.issues.push({
                path: `${path}[${index}]`,
                message: type === 'map'
                    ? `has the same ${keys.join(' and ')} as item ${first}`
                    : `stands in the list twice (${validate_shown(item)})`
            });
        else
            seen.set(id, index);
    }
}
/** `allOf`, `anyOf`, `oneOf` and `not` of a structural schema only narrow what is known already: unknown fields are no matter of theirs. */
function visitLogic(run, value, schema, path) {
    for (const part of schemas(schema['allOf']))
        for (const issue of narrowly(value, part, path))
            run.issues.push(issue);
    const any = schemas(schema['anyOf']);
    if (any.length > 0 && !any.some((part) => narrowly(value, part, path).length === 0))
        run.issues.push({ path, message: `fits none of the alternatives: ${reasons(value, any, path)}` });
    const one = schemas(schema['oneOf']);
    const fitting = one.filter((part) => narrowly(value, part, path).length === 0).length;
    if (one.length > 0 && fitting !== 1)
        run.issues.push({
            path,
            message: fitting === 0
                ? `fits none of the alternatives: ${reasons(value, one, path)}`
                : `fits ${fitting} alternatives, but must fit exactly one`
        });
    const not = (0,json/* asObject */.eB)(schema['not']);
    if (not && narrowly(value, not, path).length === 0)
        run.issues.push({ path, message: 'is what the schema excludes' });
}
function narrowly(value, schema, path) {
    const run = { issues: [], rules: false };
    visit(run, value, opened(schema), path);
    return run.issues;
}
/** The same schema where fields that it does not name are not its matter. */
function opened(schema) {
    const properties = (0,json/* asObject */.eB)(schema['properties']);
    const items = (0,json/* asObject */.eB)(schema['items']);
    return {
        ...schema,
        'x-kubernetes-preserve-unknown-fields': true,
        ...(properties
            ? {
                properties: Object.fromEntries(Object.entries(properties).map(([name, child]) => [name, (0,json/* isObject */.Gv)(child) ? opened(child) : child]))
            }
            : {}),
        ...(items ? { items: opened(items) } : {})
    };
}
function reasons(value, parts, path) {
    const found = parts.flatMap((part) => {
        const [first] = narrowly(value, part, path);
        return first ? [`${first.path === path ? 'it' : first.path} ${first.message}`] : [];
    });
    return [...new Set(found)].slice(0, 3).join('; or ');
}
function wrongType(value, schema) {
    if (schema['x-kubernetes-int-or-string'] === true)
        return typeof value === 'string' || isInteger(value)
            ? undefined
            : `must be a whole number or a text, but is ${kindOf(value)}`;
    switch ((0,json/* asString */.oJ)(schema['type'])) {
        case 'string':
            return typeof value === 'string' ? undefined : must('a text', value);
        case 'integer':
            return isInteger(value) ? undefined : must('a whole number', value);
        case 'number':
            return typeof value === 'number' || typeof value === 'bigint' ? undefined : must('a number', value);
        case 'boolean':
            return typeof value === 'boolean' ? undefined : must('true or false', value);
        case 'array':
            return Array.isArray(value) ? undefined : must('a list', value);
        case 'object':
            return (0,json/* isObject */.Gv)(value) ? undefined : must('a mapping', value);
        default:
            return undefined;
    }
}
function must(wanted, value) {
    return `must be ${wanted}, but is ${kindOf(value)}${typeof value === 'object' ? '' : ` (${validate_shown(value)})`}`;
}
function isInteger(value) {
    return typeof value === 'bigint' || (0,json/* asNumber */.i)(value) === Math.trunc((0,json/* asNumber */.i)(value) ?? Number.NaN);
}
function kindOf(value) {
    if (value === null)
        return 'empty';
    if (Array.isArray(value))
        return 'a list';
    if (typeof value === 'object')
        return 'a mapping';
    return typeof value === 'string' ? 'a text' : typeof value === 'boolean' ? 'a boolean' : 'a number';
}
function validate_shown(value) {
    const text = (0,json/* stringifyJson */.sd)(value);
    return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
function same(a, b) {
    return a === b || (0,json/* stringifyJson */.sd)(a) === (0,json/* stringifyJson */.sd)(b);
}
function schemas(value) {
    return ((0,json/* asList */.DD)(value) ?? []).filter(json/* isObject */.Gv);
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/schema/rules.js


/**
 * The rules as far as they can be asked without the API server. What its own functions, types and old values are
 * needed for is left open: a rule counts as broken only where it plainly gives false.
 */
async function ruleEngine() {
    const { Environment } = await __webpack_require__.e(/* import() */ 963).then(__webpack_require__.bind(__webpack_require__, 9963));
    const environment = new Environment({ unlistedVariablesAreDyn: true, limits: { maxAstNodes: 2_000, maxDepth: 60 } });
    const programs = new Map();
    const programOf = (rule) => {
        if (!programs.has(rule))
            programs.set(rule, rules_compiled(() => environment.parse(rule)));
        return programs.get(rule);
    };
    const holds = (rule, self, schema) => {
        // Names that are no identifiers are escaped by underscores; old values exist in updates only.
        if (/\boldSelf\b|__\w+__/.test(rule) || hasForeignPattern(rule))
            return undefined;
        try {
            const answer = programOf(rule)?.({ self: celOf(self, schema) });
            return typeof answer === 'boolean' ? answer : undefined;
        }
        catch {
            return undefined;
        }
    };
    return (object, schema) => {
        const issues = [];
        let unasked = false;
        walk(withDefaults(object, schema), schema, '', (value, at, path) => {
            for (const entry of (0,json/* asList */.DD)(at['x-kubernetes-validations']) ?? []) {
                const rule = (0,json/* asString */.oJ)((0,json/* asObject */.eB)(entry)?.['rule']) ?? '';
                const answer = holds(rule, value, at);
                if (answer === undefined)
                    unasked = true;
                else if (!answer)
                    issues.push({ path, message: `breaks a rule: ${(0,json/* asString */.oJ)((0,json/* asObject */.eB)(entry)?.['message']) ?? rule}` });
            }
        });
        return { issues, unasked };
    };
}
/** Whether a rule asks by a pattern of RE2 that JavaScript reads otherwise: classes by name, `\\pL`, `\\z`, flags. */
function hasForeignPattern(rule) {
    return /\bmatches\b/.test(rule) && /\[\[:|\(\?[^:]|\\+[^\\dDwWsSbBnrtfv.^$*+?()[\]{}|/'"-]/.test(rule);
}
/** Whether a schema has rules at all. */
function hasRules(schema) {
    if (Array.isArray(schema))
        return schema.some(hasRules);
    return (0,json/* isObject */.Gv)(schema) && ('x-kubernetes-validations' in schema || Object.values(schema).some(hasRules));
}
function rules_compiled(compile) {
    try {
        return compile();
    }
    catch {
        return undefined;
    }
}
function walk(value, schema, path, visit) {
    if (value === null)
        return;
    visit(value, schema, path);
    if (Array.isArray(value)) {
        const items = (0,json/* asObject */.eB)(schema['items']);
        if (items)
            for (const [index, item] of value.entries())
                walk(item, items, `${path}[${index}]`, visit);
    }
    else if ((0,json/* isObject */.Gv)(value)) {
        const properties = (0,json/* asObject */.eB)(schema['properties']) ?? {};
        const extra = (0,json/* asObject */.eB)(schema['additionalProperties']);
        for (const [name, child] of Object.entries(value)) {
            const below = (0,json/* asObject */.eB)(properties[name]) ?? extra;
            if (below)
                walk(child, below, path === '' ? name : `${path}.${name}`, visit);
        }
    }
}
/** Formats that rules see as a type of their own. */
const TYPED = new Set(['date', 'date-time', 'duration', 'byte']);
/**
 * A value as a rule sees it: numbers by the type of their schema, with defaults.
 * @throws where the rule would see something that is not known here
 */
function celOf(value, schema) {
    if (value === null)
        throw new Error('null');
    if (typeof value === 'bigint')
        return value;
    if (typeof value === 'number')
        return schema['type'] === 'number' ? value : Number.isSafeInteger(value) ? BigInt(value) : value;
    if (typeof value === 'string' && TYPED.has((0,json/* asString */.oJ)(schema['format']) ?? ''))
        throw new Error('a type of its own');
    if (Array.isArray(value))
        return value.map((item) => celOf(item, (0,json/* asObject */.eB)(schema['items']) ?? {}));
    if (!(0,json/* isObject */.Gv)(value))
        return value;
    const properties = (0,json/* asObject */.eB)(schema['properties']) ?? {};
    const extra = (0,json/* asObject */.eB)(schema['additionalProperties']) ?? {};
    return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, celOf(child, (0,json/* asObject */.eB)(properties[name]) ?? extra)]));
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/schema/definitions.js






/** The definitions that a declared set brings itself. */
class Definitions {
    #byKind = new Map();
    #ask;
    constructor(manifests) {
        for (const { object } of manifests) {
            const read = definitionIn(object);
            if (read)
                this.#byKind.set(read.id, read.definition);
        }
    }
    /** Whether the set defines the kind of an object. */
    has(object) {
        return this.#byKind.has(definitions_idOf(object));
    }
    /** The name of the definition of an object's kind: `widgets.example.com`. */
    nameOf(object) {
        return this.#byKind.get(definitions_idOf(object))?.name;
    }
    /** Makes ready to ask the rules (CEL) of these objects' schemas; costs nothing where there are none. */
    async prepare(objects) {
        if (objects.some((object) => hasRules(this.#schemaOf(object) ?? null)))
            this.#ask = await ruleEngine();
    }
    #schemaOf(object) {
        return this.#byKind.get(definitions_idOf(object))?.versions.get(definitions_versionOf(object));
    }
    /**
     * What is wrong with an object by its definition in the set, one clause each; undefined where the set does not
     * define its kind.
     */
    check(object) {
        const definition = this.#byKind.get(definitions_idOf(object));
        if (!definition)
            return undefined;
        const version = definitions_versionOf(object);
        if (!definition.served.includes(version))
            return {
                problems: [
                    `its definition ${definition.name} in this set does not serve the version ${version}; it serves ${definition.served.join(', ') || 'none'}`
                ],
                unchecked: ''
            };
        const schema = definition.versions.get(version);
        if (!schema)
            return {
                problems: isObjectName(object.metadata.name) ? [] : [`metadata.name ${NAME_MUST}`],
                unchecked: `its definition ${definition.name} in this set has no schema for ${version}`
            };
        const { issues, rules } = validate(object, schema);
        // As in the API server, rules are only asked about what fits the schema.
        const asked = issues.length === 0 && rules ? this.#ask?.(object, schema) : undefined;
        const unchecked = definitions_reasonFor(definition.name, asked?.unasked ?? rules);
        return { problems: [...issues, ...(asked?.issues ?? [])].slice(0, definitions_SHOWN).map(clause), unchecked };
    }
}
/** More than so many mistakes in one object only make the error longer. */
const definitions_SHOWN = 10;
function clause(issue) {
    return `${issue.path === '' ? 'it' : issue.path} ${issue.message}`;
}
function definitions_reasonFor(name, unasked) {
    const left = unasked ? 'some of its validation rules (CEL), defaults and webhooks' : 'defaults and webhooks';
    return `${name} is brought by this run, so it was validated against that schema here; ${left} only apply when it is written`;
}
function definitionIn(object) {
    if (object.kind !== 'CustomResourceDefinition' || (0,render_manifest/* groupOf */.F8)(object) !== 'apiextensions.k8s.io')
        return undefined;
    const kind = (0,json/* asString */.oJ)((0,json.at)(object, 'spec', 'names', 'kind'));
    const group = (0,json/* asString */.oJ)((0,json.at)(object, 'spec', 'group'));
    if (kind === undefined || group === undefined)
        return undefined;
    const versions = ((0,json/* asList */.DD)((0,json.at)(object, 'spec', 'versions')) ?? []).filter(json/* isObject */.Gv);
    const served = versions.filter((one) => one['served'] !== false);
    return {
        id: `${group}/${kind}`,
        definition: {
            name: object.metadata.name,
            served: served.flatMap((one) => (0,json/* asString */.oJ)(one['name']) ?? []),
            versions: new Map(served.map((one) => [(0,json/* asString */.oJ)(one['name']) ?? '', (0,json/* asObject */.eB)((0,json.at)(one, 'schema', 'openAPIV3Schema'))]))
        }
    };
}
function definitions_versionOf(object) {
    return object.apiVersion.slice(object.apiVersion.indexOf('/') + 1);
}
function definitions_idOf(object) {
    return `${(0,render_manifest/* groupOf */.F8)(object)}/${object.kind}`;
}
/** `Widget shop/a: spec.size is required`, as one sentence with all that is wrong. */
function schemaProblem(object, problems) {
    return `${(0,describe/* describe */.q0)(object)} does not fit its schema: ${problems.join('; ')}.`;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/schema/brought.js


/**
 * Custom resources cannot be dry-run against a definition that this run brings, and a dry run against the one that it
 * changes may refuse what will be allowed, or allow what will be refused. So they are validated against the schema in
 * the set; what remains unchecked is said.
 * @param changing whether this run creates or changes the definition of an object's kind
 */
function judgeAbsent(checked, definitions, changing) {
    const problems = [];
    const judged = checked.map((one) => {
        const { manifest, resource } = one.declared;
        if (resource !== undefined && !changing(manifest.object))
            return one;
        const found = definitions.check(manifest.object);
        if (!found)
            return one;
        if (found.problems.length > 0) {
            problems.push(`${(0,kubernetes_declared/* place */.ik)(manifest)}: ${schemaProblem(manifest.object, found.problems)}`);
            return { result: 'missing', declared: one.declared };
        }
        if (one.result === 'exists' || (one.result === 'missing' && resource !== undefined))
            return one;
        if (one.result === 'refused' && !isAboutSchema(one.error))
            return one;
        return { result: 'missing', declared: one.declared, unchecked: found.unchecked };
    });
    return { judged, problems };
}
/** The same for objects that live already. */
function judgeExisting(comparisons, definitions, changing) {
    const problems = [];
    const notes = [];
    const judged = comparisons.map((comparison) => {
        const { manifest, error, ...rest } = comparison;
        if (!changing(manifest.object))
            return comparison;
        const found = definitions.check(manifest.object);
        if (!found)
            return comparison;
        if (found.problems.length > 0) {
            problems.push(`${(0,kubernetes_declared/* place */.ik)(manifest)}: ${schemaProblem(manifest.object, found.problems)}`);
            return { manifest, ...rest, verdict: 'unchanged' };
        }
        if (comparison.verdict !== 'error' || (error !== undefined && 'code' in error && !isAboutSchema(error)))
            return comparison;
        const reason = `its definition ${definitions.nameOf(manifest.object) ?? ''} changes in this run, so it could not be compared by a dry run`;
        notes.push(`${(0,kubernetes_declared/* place */.ik)(manifest)}: ${found.unchecked}.`);
        return { manifest, ...rest, verdict: 'update', fields: [], reason };
    });
    return { judged, problems, notes };
}
/** The API server's words for an object that its present schema does not allow; not a webhook's or a policy's. */
function isAboutSchema(error) {
    if (/admission webhook|ValidatingAdmissionPolicy/.test(error.message))
        return false;
    return (error.code === 404 ||
        error.code === 422 ||
        /not declared in schema|failed to create typed|strict decoding/.test(error.message));
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/unmanaged.js








/** What Kubernetes, its controllers and add-ons keep for themselves, whoever's field manager wrote it. */
const BOOKKEEPING = new Set([
    'Event',
    'Event.events.k8s.io',
    'Endpoints',
    'EndpointSlice.discovery.k8s.io',
    'Lease.coordination.k8s.io',
    'ControllerRevision.apps',
    'CertificateSigningRequest.certificates.k8s.io',
    'PodMetrics.metrics.k8s.io',
    'CSIStorageCapacity.storage.k8s.io',
    'PolicyReport.wgpolicyk8s.io',
    'EphemeralReport.reports.kyverno.io',
    'VerticalPodAutoscalerCheckpoint.autoscaling.k8s.io',
    'CiliumEndpoint.cilium.io'
]);
/**
 * Objects that nobody declared, in the namespaces that this target owns (see `ownedNamespaces`): without anybody's
 * membership label, without an owner, not made by a controller, no bookkeeping. One LIST per type and namespace; what
 * could not be looked at is noted, and the rest is looked at all the same.
 */
async function findUnmanaged(cluster, declared, key) {
    const owned = await ownedNamespaces(cluster, declared, key);
    if (owned.namespaces.length === 0)
        return { changes: [], notes: owned.notes };
    const known = new Set([
        ...declared.members.map((member) => member.id),
        ...declared.hooks.map((hook) => (0,render_manifest/* objectId */.Tu)(hook.object))
    ]);
    const types = await listedOnce(cluster);
    const hidden = new Map();
    const questions = types.flatMap((type) => owned.namespaces.map((namespace) => ({ type, namespace })));
    const found = await (0,concurrency/* mapConcurrent */._)(questions, 16, async ({ type, namespace }) => {
        try {
            const { items } = await cluster.list(type, { namespace, labelSelector: `!${kubernetes_inventory/* PART_OF_LABEL */.vr}` });
            return items.filter((object) => !known.has((0,render_manifest/* objectId */.Tu)(object)) && isSomebodys(object));
        }
        catch (error) {
            if (!(error instanceof kubernetes_cluster/* ApiError */.hD))
                throw error;
            const why = error.code === 403 ? 'they may not be listed' : `the API server answers ${error.code}`;
            hidden.set(why, (hidden.get(why) ?? new Set()).add(type.group === '' ? type.plural : `${type.plural}.${type.group}`));
            return [];
        }
    });
    const notes = [...hidden].map(([why, names]) => {
        const cure = why.startsWith('they') ? ' Allow the service account to list them, or set unmanaged to ignore.' : '';
        return `Undeclared objects of these types were not looked for in ${owned.namespaces.join(', ')}, because ${why}: ${[...names].sort().join(', ')}.${cure}`;
    });
    return { changes: found.flat().map(unmanagedChange), notes: [...owned.notes, ...notes] };
}
/** Everybody's: what lies there belongs to whoever put it there. */
const COMMON = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease']);
/**
 * The namespaces that a target owns: those that it declares, and its own one where no other target of ours has
 * anything. A namespace that several targets share belongs to none of them, unless one of them declares it; so what
 * lies there is reported once, or not at all.
 */
async function ownedNamespaces(cluster, declared, key) {
    const namespaces = declared.members
        .map((member) => member.manifest.object)
        .filter((object) => object.kind === 'Namespace' && (0,render_manifest/* groupOf */.F8)(object) === '')
        .map((object) => object.metadata.name);
    if (namespaces.includes(key.namespace) || COMMON.has(key.namespace))
        return { namespaces, notes: [] };
    const others = await othersIn(cluster, key);
    if (others === 'hidden')
        return {
            namespaces,
            notes: [
                `Undeclared objects in ${key.namespace} were not looked for: Secrets may not be listed there, so it is not known whether other targets share that namespace.`
            ]
        };
    return { namespaces: others ? namespaces : [...namespaces, key.namespace], notes: [] };
}
/** Whether another target has its inventory, or members, in the namespace of this one. */
async function othersIn(cluster, key) {
    const secrets = await cluster.resourceFor('v1', 'Secret');
    if (!secrets)
        return 'hidden';
    const selectors = {
        labelSelector: `app.kubernetes.io/managed-by=${kubernetes_cluster/* FIELD_MANAGER */.vy}`,
        fieldSelector: `type=${kubernetes_inventory/* INVENTORY_TYPE */.uo}`
    };
    // Credentials for the one namespace know of the targets that live in it.
    for (const scope of [{}, { namespace: key.namespace }])
        try {
            const { items } = await cluster.list(secrets, { ...scope, ...selectors });
            return items.some((secret) => {
                const other = (0,kubernetes_inventory/* keyOfInventory */.dR)(secret);
                if (!other || (0,kubernetes_inventory/* applySetId */.A3)(other) === (0,kubernetes_inventory/* applySetId */.A3)(key))
                    return false;
                return [other.namespace, ...(0,kubernetes_inventory/* inventoryOf */.o8)(secret, other).namespaces].includes(key.namespace);
            });
        }
        catch (error) {
            if (!(error instanceof kubernetes_cluster/* ApiError */.hD) || error.code !== 403)
                throw error;
        }
    return 'hidden';
}
function unmanagedChange(object) {
    const [creator] = (0,ownership/* managedEntries */.mz)(object)
        // Controllers complete what people make, in the same second.
        .filter((entry) => entry.subresource === undefined && (0,ownership/* managerKind */.ax)(entry.manager, entry.operation) !== 'system')
        .sort((a, b) => (a.time ?? '').localeCompare(b.time ?? ''));
    const created = (0,json/* asString */.oJ)(object.metadata['creationTimestamp']);
    return {
        action: 'unmanaged',
        resource: (0,describe/* resourceOf */.KU)(object),
        fields: [],
        reason: `in a namespace of this target, but nobody declares it${created ? `; created ${created}` : ''}`,
        healable: false,
        attribution: creator ? { known: true, ...(0,ownership/* actorOf */.dn)(creator) } : { known: false, candidates: [] }
    };
}
/** Every namespaced type that can be listed, in one version, without what is bookkeeping. */
async function listedOnce(cluster) {
    const types = new Map();
    for (const type of await cluster.resources()) {
        const key = type.group === '' ? type.kind : `${type.kind}.${type.group}`;
        if (type.namespaced && type.verbs.includes('list') && !BOOKKEEPING.has(key) && !types.has(key))
            types.set(key, type);
    }
    return [...types.values()];
}
/** Types of Secrets that tools keep: our inventory, Helm's releases, tokens of service accounts and of bootstrapping. */
const KEPT_SECRETS = new Set([
    kubernetes_inventory/* INVENTORY_TYPE */.uo,
    'helm.sh/release.v1',
    'kubernetes.io/service-account-token',
    'bootstrap.kubernetes.io/token'
]);
/** Annotations by which controllers mark what they make: certificates, synchronised secrets, elections. */
const MADE_BY_CONTROLLERS = /^(cert-manager\.io\/(certificate-name|issuer-name)|reconcile\.external-secrets\.io\/data-hash|control-plane\.alpha\.kubernetes\.io\/leader|kubernetes\.io\/config\.mirror)$/;
/** Authorities that Kubernetes, OpenShift, Istio and Linkerd put into every namespace. */
const ROOT_CAS = new Set([
    'kube-root-ca.crt',
    'openshift-service-ca.crt',
    'istio-ca-root-cert',
    'linkerd-identity-trust-roots'
]);
function isSomebodys(object) {
    if ((0,kubernetes_declared/* hasOwner */.uD)(object) || object.metadata['deletionTimestamp'] !== undefined)
        return false;
    const type = (0,json/* asString */.oJ)(object['type']);
    if (object.kind === 'Secret' && KEPT_SECRETS.has(type ?? ''))
        return false;
    const annotations = Object.keys((0,json/* asObject */.eB)((0,json.at)(object, 'metadata', 'annotations')) ?? {});
    if (annotations.some((name) => MADE_BY_CONTROLLERS.test(name)))
        return false;
    if ((0,json.at)(object, 'metadata', 'labels', 'owner') === 'helm' && object.kind === 'ConfigMap')
        return false;
    if (object.kind === 'ConfigMap' && ROOT_CAS.has(object.metadata.name))
        return false;
    // Other tools' ApplySet parents, and what Helm hooks leave behind until their next run.
    if ((0,json.at)(object, 'metadata', 'labels', 'applyset.kubernetes.io/id') !== undefined)
        return false;
    if ((0,json.at)(object, 'metadata', 'annotations', 'helm.sh/hook') !== undefined)
        return false;
    if (object.kind === 'ServiceAccount' && object.metadata.name === 'default')
        return false;
    // An object without any field (an empty ConfigMap) has no entry, and nobody to ask.
    const entries = (0,ownership/* managedEntries */.mz)(object);
    return entries.length === 0 || entries.some((entry) => (0,ownership/* managerKind */.ax)(entry.manager, entry.operation) !== 'system');
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/plan.js




























/**
 * Computes what applying the declared set would do. Nothing is written; every object that is not proven unchanged
 * has been through the API server's validation and admission by a dry run.
 * @throws GitOpsError naming every object that cannot be applied and why
 */
async function preparePlan(options, secretKey, purpose) {
    const { cluster, policy } = options;
    const key = { environment: options.environment, target: options.id, namespace: options.namespace };
    const setId = (0,kubernetes_inventory/* applySetId */.A3)(key);
    const declared = await (0,kubernetes_declared/* declare */.xe)(cluster, options.manifests, {
        namespace: options.namespace,
        applySetId: setId,
        tolerant: purpose === 'drift'
    });
    if (declared.members.length + declared.unknown.length === 0)
        throw emptySet(options.id, declared.hooks.length);
    // Nothing that is found out in between changes what these ask, so they are asked beside it.
    const autoscaled = begun(liveAutoscalers(cluster, declared));
    const unmanaged = purpose === 'drift' && policy.unmanaged === 'report' ? begun(findUnmanaged(cluster, declared, key)) : undefined;
    const inventory = await (options.ahead?.inventory ?? (0,kubernetes_inventory/* readInventory */.zw)(cluster, key));
    const manifests = declared.members.map((member) => member.manifest);
    const reading = (0,kubernetes_live/* readLive */.p9)(cluster, key, declared.members, inventory, {
        partial: purpose === 'drift',
        ahead: options.ahead
    });
    const looking = begun(readNamespaces(cluster, key.namespace, declared, reading));
    const live = await reading;
    const restored = inventory ? mended(inventory, live) : await restore(options, key, live);
    const known = restored.inventory;
    const adopted = await readAdoptedSets(cluster, purpose === 'deploy' ? (policy.adopt ?? []) : [], key);
    const event = eventOf(known, live, options.declaredDigest);
    const levels = purpose === 'deploy' ? (0,order/* orderForApply */.yX)([...manifests, ...declared.hooks], { event }) : [];
    const elsewhere = inventory ? [] : await (0,kubernetes_elsewhere/* otherHomes */.r)(cluster, key, options.source.declaration !== undefined);
    const namespaces = await looking;
    const absent = declared.members.filter((member) => !live.members.has(member.id) && !live.unseen?.has(member.id));
    const checked = await preflight(cluster, absent, namespaces.missing);
    const hooks = levels.filter((level) => level.phase !== 'main').flatMap((level) => level.manifests);
    const checkedHooks = await preflightHooks(cluster, hooks, absent, namespaces.missing);
    const found = new Findings(options, purpose);
    for (const { declared: member, problem } of declared.unknown)
        found.cannotCreate(member, [problem]);
    const pairs = [];
    for (const pair of existing(declared, live, checked))
        if (pair.live.metadata['deletionTimestamp'] === undefined)
            pairs.push(pair);
        else
            found.leaving(pair);
    const leftOver = (0,prune/* prunable */.W)(options, declared, live, known, {
        adopted: membersOfSets(adopted.sets),
        ...(await claimsOn(options, declared, live, adopted.sets)),
        present: new Set(pairs.flatMap((pair) => (0,json/* asString */.oJ)(pair.live.metadata['uid']) ?? []))
    });
    const pruned = leftOver.problems.length > 0 ? [] : leftOver.prunable;
    // Replicas belong to the autoscaler, declared with the set or living beside it; not to one that goes with this plan.
    const leaving = new Set(pruned.map((one) => one.uid));
    const autoscalers = (await autoscaled).filter((one) => !leaving.has(String(one.metadata['uid'])));
    const scaled = (0,compare/* defaultIgnores */.Hp)(manifests, autoscalers);
    for (const { kind = '', name = '', namespace } of scaled)
        options.log.debug(`${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}: spec.replicas belongs to an autoscaler and is no drift (rule: autoscaler)`);
    const asCompared = await (0,compare/* compareAll */.Rt)(cluster, pairs.map((pair) => ({ manifest: pair.member.manifest, live: pair.live })), {
        purpose,
        ignore: [...policy.ignore, ...(purpose === 'drift' ? [PAUSE_FIELDS] : []), ...scaled],
        secretKey,
        foreignFields: policy.foreignFields,
        log: options.log
    });
    const comparisons = await preflightReplacements(cluster, asCompared, ({ manifest }) => mayReplace(manifest.object, policy.replace ?? []));
    const handovers = await (0,handover/* judgeHandovers */._u)(options, pairs.map((pair) => pair.live), setId, new Map(adopted.sets.map((set) => [set.id, set.name])));
    const definitions = new Definitions(manifests);
    const changing = changingKinds(definitions, declared, comparisons);
    const judged = [...[...checked, ...checkedHooks].map((one) => one.declared), ...comparisons];
    await definitions.prepare(judged.map((one) => one.manifest.object).filter(changing));
    const absentOnes = judgeAbsent(checked, definitions, changing);
    const hookOnes = judgeAbsent(checkedHooks, definitions, changing);
    const compared = judgeExisting(comparisons, definitions, changing);
    found.notes.push(...compared.notes);
    found.problems.push(...adopted.problems, 
    // A check of the other namespaces goes on; without its own one there is nothing to lock and to remember in.
    ...[...namespaces.leaving].flatMap(([name, why]) => (purpose === 'deploy' || name === key.namespace ? [why] : [])), ...(purpose === 'deploy' ? await namespaceProblems(cluster, namespaces.create) : []), ...(purpose === 'deploy' ? preflightProblems([...absentOnes.judged, ...hookOnes.judged]) : []), ...[absentOnes, hookOnes, compared].flatMap((one) => one.problems));
    for (const one of absentOnes.judged) {
        if (one.result === 'missing')
            found.create(one.declared, one.unchecked);
        else if (one.result === 'refused' && purpose === 'drift')
            found.cannotCreate(one.declared, preflightProblems([one]));
    }
    for (const one of hookOnes.judged)
        if (one.result === 'missing')
            found.unchecked(one.declared, one.unchecked);
    compared.judged.forEach((comparison, index) => {
        const pair = pairs[index];
        if (pair)
            found.compared(comparison, pair, setId, handovers.get(pair.member.id));
    });
    if (purpose === 'deploy')
        found.notes.push(...unaskedGates(found.steps.values()));
    if (purpose === 'deploy')
        found.problems.push(...leftOver.problems);
    if (found.problems.length > 0)
        throw refusal(options.id, found.problems);
    found.leaveIn(namespaces.leaving);
    if (purpose === 'drift')
        await preflightRemovals(cluster, found);
    const beyond = purpose === 'drift' ? await findDriftOnly(options, pairs, found, known, unmanaged) : undefined;
    const pauses = purpose === 'drift'
        ? pausesOf([...live.members.values(), ...pairs.map((pair) => pair.live)], options)
        : { held: new Map(), notes: [] };
    const own = purpose === 'drift'
        ? inventoryChange(known, { isNew: inventory === undefined, extent: ownExtent(declared, leftOver.kept, known) })
        : undefined;
    const uncertain = purpose === 'drift' && inventory ? holdForRecord(inventory) : undefined;
    const members = [...declared.members, ...declared.unknown.map((one) => one.declared)];
    const changes = [
        ...(own ? [own] : []),
        ...namespaces.create.map((namespace) => neededNamespace(namespace)),
        ...members.flatMap((member) => found.changes.get(member.id) ?? []),
        ...found.foreign,
        ...leftOver.prunable.map((one) => deletion(one, leftOver.problems.length === 0)),
        ...adopted.sets.flatMap((set) => partingChange(set) ?? []),
        ...(beyond?.changes ?? [])
    ].map((change) => {
        const held = pauses.held.get(change.resource.id) ?? uncertain;
        return held && change.healable !== false ? { ...change, held } : change;
    });
    const touched = new Set(changes.map((change) => change.resource.id));
    const base = {
        target: options.id,
        kind: 'kubernetes',
        purpose,
        changes,
        unchanged: members.filter(({ id }) => !touched.has(id)).length - (live.unseen?.size ?? 0),
        ...(live.unseen && live.unseen.size > 0 ? { unchecked: live.unseen.size } : {}),
        notes: [
            ...(inventory?.damage ? [inventory.damage] : []),
            ...(uncertain ? [`Nothing is healed: ${uncertain.reason}.`] : []),
            ...elsewhere,
            ...(purpose === 'deploy' && event === 'rollback' && declared.hooks.length > 0 ? [ROLLBACK_NOTE] : []),
            ...pauses.notes,
            ...(live.notes ?? []),
            ...restored.notes,
            ...adopted.notes,
            ...found.notes,
            ...(beyond?.notes ?? []),
            ...leftOver.notes,
            ...leftOver.problems
        ],
        declaredDigest: options.declaredDigest
    };
    return {
        plan: { ...base, digest: (0,plan/* planDigest */.G)(base) },
        declared,
        inventory: known,
        isNew: inventory === undefined,
        adopted: adopted.sets,
        steps: found.steps,
        wrongContents: beyond?.contents ?? [],
        // What is in sync needs no order.
        levels: purpose === 'drift' && found.steps.size > 0 ? (0,order/* orderForApply */.yX)(manifests, { event }) : levels,
        namespaces: namespaces.create,
        prunable: pruned,
        kept: leftOver.kept,
        hasHidden: (live.away?.length ?? 0) > 0
    };
}
function* existing(declared, live, checked) {
    for (const member of declared.members) {
        const object = live.members.get(member.id);
        if (object)
            yield { member, live: object };
    }
    for (const one of checked)
        if (one.result === 'exists')
            yield { member: one.declared, live: one.live };
}
/** Awaited later; until then its failure must not count as unhandled. */
function begun(promise) {
    promise.catch(() => { });
    return promise;
}
/** Whether this run creates or changes the definition of an object's kind. */
function changingKinds(definitions, declared, comparisons) {
    const steady = new Set(comparisons.filter((one) => one.verdict === 'unchanged').map((one) => one.manifest.object.metadata.name));
    const changed = new Set(declared.members
        .map((member) => member.manifest.object)
        .filter((object) => object.kind === 'CustomResourceDefinition' && !steady.has(object.metadata.name))
        .map((object) => object.metadata.name));
    return (object) => changed.has(definitions.nameOf(object) ?? '');
}
/** Which members that are no longer declared here other targets declare: they move. Asked only when there are any. */
async function claimsOn({ neighbours }, declared, live, adopted) {
    const own = new Set(declared.members.map((member) => member.id));
    const members = [...live.members].filter(([, object]) => (0,prune/* isOurs */.MU)(object)).map(([id]) => id);
    // A set of kubectl may be divided among several targets.
    const open = [...members, ...adopted.flatMap((set) => [...set.members.keys()])].filter((id) => !own.has(id));
    if (!neighbours || open.length === 0)
        return {};
    const { by, unreadable } = await neighbours.declaring(open);
    const [first] = unreadable;
    return {
        claimed: new Map([...by].map(([id, key]) => [id, (0,handover/* nameOfTarget */.wC)(key)])),
        ...(first
            ? { undecided: `it may have moved to ${(0,handover/* nameOfTarget */.wC)(first.key)}, which cannot be rendered (${first.reason})` }
            : {})
    };
}
const ROLLBACK_NOTE = 'This goes back to what was deployed before, so the hooks of a rollback run (pre-rollback, post-rollback), not those of an upgrade.';
function emptySet(target, hooks) {
    return new errors/* GitOpsError */.$(`Target "${target}" declares no object${hooks > 0 ? ', only hooks' : ''}.`, {
        hint: 'An empty set is never applied, because it would delete everything. To retire a target, remove it on purpose.'
    });
}
function neededNamespace(namespace) {
    return {
        action: 'create',
        resource: (0,describe/* resourceOf */.KU)(namespace),
        fields: [],
        reason: 'needed by this target and declared nowhere'
    };
}
function deletion(one, allowed) {
    return {
        action: 'delete',
        resource: (0,describe/* resourceOf */.KU)(one.object),
        fields: [],
        reason: 'no longer declared',
        healable: allowed
    };
}

// EXTERNAL MODULE: ./src/targets/kubernetes/prune-run.js
var prune_run = __webpack_require__(930);
;// CONCATENATED MODULE: ./src/targets/kubernetes/target.js

















/** A set of Kubernetes objects in one cluster, owned through one inventory. */
function kubernetesTarget(options) {
    return new KubernetesTarget(options);
}
class KubernetesTarget {
    id;
    kind = 'kubernetes';
    healsInPart = true;
    memory = {
        read: async () => this.#memory,
        write: (value) => (0,kubernetes_inventory/* writeMemory */.xP)(this.#options.cluster, this.#key, value)
    };
    #options;
    #key;
    #secretKey;
    /** What only this target needs to know to execute a plan of its own; a plan from elsewhere cannot be applied. */
    #prepared = new WeakMap();
    #instance = (0,external_node_crypto_.randomBytes)(4).toString('hex');
    /** Later plans read everything anew. */
    #planned = false;
    /** Inventory as this instance wrote it last. */
    #inventory;
    /** As the last plan found it: reading it costs no request of its own. */
    #memory;
    constructor(options) {
        this.id = options.id;
        // Records and the lease come last, so they have the longest time when the run is cancelled.
        this.#options = { ...options, cluster: (0,cancel/* endingWith */["in"])(options.cluster, options.signal, cancel/* TIME_TO_RECORD */.gr) };
        this.#key = { environment: options.environment, target: options.id, namespace: options.namespace };
        this.#secretKey = options.secretKey ?? (0,external_node_crypto_.randomBytes)(32);
    }
    async plan(purpose) {
        const prepared = await this.#prepare(purpose);
        this.#prepared.set(prepared.plan, prepared);
        this.#inventory = undefined;
        this.#memory = prepared.inventory?.memory;
        return prepared.plan;
    }
    async #prepare(purpose, part) {
        try {
            const { cluster, signal, policy } = this.#options;
            const ignore = part ? [...policy.ignore, ...rulesOf(part)] : policy.ignore;
            const { ahead, ...rest } = this.#options;
            const options = { ...rest, policy: { ...policy, ignore }, cluster: (0,cancel/* endingWith */["in"])(cluster, signal, 0) };
            const first = this.#planned ? undefined : ahead;
            this.#planned = true;
            return await preparePlan(first ? { ...options, ahead: first } : options, this.#secretKey, purpose);
        }
        catch (error) {
            throw error instanceof kubernetes_cluster/* ApiError */.hD ? (0,explain.describeApiError)(error, `Target "${this.id}"`) : error;
        }
    }
    async apply(plan, part) {
        const prepared = this.#preparedOf(plan);
        const started = this.#now().getTime();
        const deadline = started + this.#options.policy.timeout;
        const applied = await failing(() => this.#applyPrepared(prepared, deadline, part));
        return { target: this.id, ...applied, seconds: (this.#now().getTime() - started) / 1000 };
    }
    async #applyPrepared(prepared, deadline, part) {
        const { plan } = prepared;
        const previous = prepared.inventory?.record;
        if (plan.purpose === 'drift') {
            await this.#ensureHome(prepared);
            return this.#locked(deadline, async (options) => {
                const current = await this.#currentOf(prepared, part);
                const applied = await applyPlan(options, part ? partOf(current, part) : current, { hooks: false, deadline });
                return applied.status === 'succeeded' ? this.#mendInventory(current, part, applied) : applied;
            });
        }
        const settled = !prepared.isNew &&
            prepared.inventory?.edited === undefined &&
            previous?.status === 'succeeded' &&
            previous.digest === plan.declaredDigest &&
            plan.changes.length === 0;
        const run = { hooks: !settled, deadline };
        // A deploy that repeats the last one writes nothing at all; it only makes sure that everything is healthy.
        if (settled && previous.revision === this.#options.source.revision) {
            const applied = await applyPlan(this.#options, prepared, run);
            if (applied.status !== 'succeeded')
                await this.#recordFailure(prepared, previous, deadline);
            return applied;
        }
        await this.#ensureHome(prepared);
        return this.#locked(deadline, async (options) => {
            const current = await this.#currentOf(prepared);
            const before = current.inventory?.record;
            await this.#record(current, before, 'in-progress', 'widen');
            const written = await failing(() => applyPlan(options, current, run));
            // The inventory is the new holder's by now: what that run has recorded must not be overwritten.
            if (whyLost(options.signal))
                return written;
            const applied = written.status === 'succeeded' ? await keeping(written, () => this.#takeKept(current)) : written;
            try {
                await this.#record(current, before, applied.status === 'succeeded' ? 'succeeded' : 'failed', 'widen');
            }
            catch (error) {
                // What was done is told all the same; the record still says "in-progress".
                if (applied.status === 'succeeded')
                    return { ...stoppedBy(error), results: applied.results };
                this.#options.log.warning(`How the deploy of ${this.id} ended could not be recorded: ${(0,errors/* messageOf */.b)(error)}`);
            }
            return applied;
        });
    }
    /** Puts the inventory itself back, where that is part of what is healed. What was deployed it says as before. */
    async #mendInventory(prepared, part, applied) {
        const { inventory, declared, kept } = prepared;
        if (!inventory)
            return applied;
        const resource = (0,describe/* resourceOf */.KU)((0,kubernetes_inventory/* parentOf */.gN)(inventory));
        const change = prepared.plan.changes.find((one) => one.resource.id === resource.id);
        if (!change || change.healable === false || part?.resources.has(resource.id) === false)
            return applied;
        return keeping(applied, async () => {
            await (0,kubernetes_inventory/* writeInventory */.qu)(this.#options.cluster, { ...inventory, ...ownExtent(declared, kept, inventory) });
            applied.results.push({ resource, action: change.action === 'create' ? 'created' : 'updated' });
        });
    }
    /** Members of adopted ApplySets that nobody declares and that stay are this target's from now on, like any it keeps. */
    async #takeKept(prepared) {
        const adopted = membersOfSets(prepared.adopted);
        for (const object of prepared.kept)
            if (adopted.has((0,render_manifest/* objectId */.Tu)(object)))
                await takeMember(this.#options.cluster, object, (0,kubernetes_inventory/* applySetId */.A3)(this.#key));
    }
    /** The plan to execute now that the lease is ours: made anew where another run has deployed the same meanwhile. */
    async #currentOf(prepared, part) {
        const repeated = await this.#refuseStale(prepared.inventory?.record);
        // Fields that are left are sent with their live values, which needs another comparison.
        if (!repeated && (part?.except.length ?? 0) === 0)
            return prepared;
        const current = await this.#prepare(prepared.plan.purpose, part);
        this.#prepared.set(prepared.plan, current);
        return current;
    }
    async prune(plan, part) {
        const all = this.#preparedOf(plan);
        const prepared = part ? partOf(all, part) : all;
        const started = this.#now().getTime();
        if (prepared.prunable.length === 0 && prepared.adopted.length === 0 && !this.#inventory)
            return { target: this.id, status: 'succeeded', results: [], seconds: 0 };
        const deadline = started + this.#options.policy.timeout;
        const pruned = await failing(() => this.#locked(deadline, async (options) => {
            await this.#refuseStale((this.#inventory ?? prepared.inventory)?.record);
            return this.#prunePrepared(options, prepared, deadline);
        }));
        return { target: this.id, ...pruned, seconds: (this.#now().getTime() - started) / 1000 };
    }
    /**
     * A plan is older than the lease under which it is executed. What another run deployed in between is newer than the
     * plan: executing it would take that back, and prune it.
     * @returns whether another run has deployed, but the same
     * @throws GitOpsError when another run has deployed something else
     */
    async #refuseStale(known) {
        const record = (await (0,kubernetes_inventory/* readInventory */.zw)(this.#options.cluster, this.#key))?.record;
        if (!record || (0,kubernetes_inventory/* sameDeployment */.qs)(record, known))
            return false;
        if (record.digest === this.#options.declaredDigest)
            return true;
        throw new errors/* GitOpsError */.$(`Target "${this.id}": another run has deployed since the plan was made: ${record.run ?? 'outside GitHub'}, ${record.time}.`, { hint: 'Nothing more was written. Run again to plan against what is there now.' });
    }
    async #prunePrepared(options, prepared, deadline) {
        const { cluster, signal, policy, log } = options;
        const leaving = policy.wait ? { deadline, log, now: () => this.#now() } : undefined;
        const deleted = await (0,prune_run/* deletePrunable */.v)(cluster, prepared.prunable, (0,kubernetes_inventory/* applySetId */.A3)(this.#key), signal, leaving);
        const { results, failed } = deleted;
        const status = signal?.aborted ? 'cancelled' : failed > 0 ? 'failed' : 'succeeded';
        if (failed === 0)
            return keeping({ status, results }, async () => {
                if (status !== 'succeeded')
                    return;
                for (const set of prepared.adopted)
                    results.push(...(await this.#part(set)));
                // Only when everything is gone may the inventory forget the types and namespaces it was in (KEP-3659: widen, apply, prune, shrink).
                const isGone = !deleted.left && !prepared.hasHidden && (policy.wait || prepared.prunable.length === 0);
                if (prepared.plan.purpose === 'deploy' && this.#inventory && isGone)
                    await this.#record(prepared, undefined, 'as-is', 'exact');
            });
        const reason = results.find((one) => one.action === 'failed')?.message ?? '';
        const failure = {
            message: `${failed} objects that are no longer declared could not be deleted: ${reason}`,
            hint: 'They stay in the inventory; the next deploy tries again.',
            resources: []
        };
        return { status, results, failure };
    }
    async #part(set) {
        const change = partingChange(set);
        if (!change)
            return [];
        await partFrom(this.#options.cluster, set);
        this.#options.log.info(`The ApplySet ${set.name} of ${set.tooling} has been taken over.`);
        return [{ resource: change.resource, action: change.action === 'delete' ? 'pruned' : 'updated' }];
    }
    deployed() {
        return (0,kubernetes_inventory.readDeployment)(this.#options.cluster, this.#key);
    }
    /** A deploy that wrote nothing and found its objects ill says so in the record, unless another run has the last word. */
    async #recordFailure(prepared, previous, deadline) {
        try {
            await this.#locked(deadline, async () => {
                await this.#refuseStale(previous);
                await this.#record(prepared, previous, 'failed', 'widen');
                return { status: 'failed', results: [] };
            });
        }
        catch (error) {
            this.#options.log.warning(`That target ${this.id} is not healthy could not be recorded: ${(0,errors/* messageOf */.b)(error)}`);
        }
    }
    /** The inventory lives in a namespace, which may be declared by this very set: that one object comes before everything. */
    async #ensureHome(prepared) {
        const { cluster } = this.#options;
        const home = [...prepared.steps.values()].find((step) => step.action === 'create' &&
            step.payload.kind === 'Namespace' &&
            (0,render_manifest/* groupOf */.F8)(step.payload) === '' &&
            step.payload.metadata.name === this.#key.namespace);
        if (home)
            await cluster.apply(home.payload, { force: true });
        else
            for (const namespace of prepared.namespaces)
                if (namespace.metadata.name === this.#key.namespace)
                    await cluster.apply(namespace, { force: true });
    }
    async #record(prepared, previous, status, extent) {
        const { cluster, environment, source, declaredDigest } = this.#options;
        const known = ownExtent(prepared.declared, prepared.kept, extent === 'widen' ? prepared.inventory : undefined);
        const record = status === 'as-is'
            ? this.#inventory?.record
            : (0,kubernetes_inventory/* nextRecord */.Pv)(this.#inventory?.record ?? previous, {
                target: this.id,
                environment,
                digest: declaredDigest,
                images: source.images,
                time: this.#now().toISOString(),
                status,
                ...(source.declaration ? { declaration: source.declaration } : {}),
                ...(source.repository ? { repository: source.repository } : {}),
                ...(source.revision ? { revision: source.revision } : {}),
                ...(source.run ? { run: source.run } : {})
            });
        const inventory = {
            key: this.#key,
            ...known,
            ...(record ? { record } : {})
        };
        await (0,kubernetes_inventory/* writeInventory */.qu)(cluster, inventory);
        this.#inventory = inventory;
    }
    /** Runs `work` under the target's lease; its signal also stops it when the lease is lost. */
    #locked(deadline, work) {
        const { cluster, log, signal, source, onLease } = this.#options;
        const lease = {
            cluster,
            key: this.#key,
            // Two jobs of one run are two holders.
            holder: `${source.run ?? (0,external_node_os_.hostname)()} ${this.#instance}`,
            deadline,
            log,
            now: () => this.#now(),
            ...(onLease ? { onLease } : {}),
            ...(signal ? { signal } : {})
        };
        return (0,kubernetes_lease/* withLease */.p)(lease, (lost) => work({
            ...this.#options,
            cluster: (0,cancel/* endingWith */["in"])(cluster, signal, cancel/* TIME_TO_FINISH */.Sl),
            signal: signal ? AbortSignal.any([signal, lost]) : lost
        }));
    }
    #preparedOf(plan) {
        const prepared = this.#prepared.get(plan);
        if (!prepared)
            throw new Error(`the plan for ${plan.target} was not made by this target`);
        return prepared;
    }
    #now() {
        return this.#options.now?.() ?? new Date();
    }
}
/** What is thrown half way becomes a failed outcome: the run goes on with other targets, and reports. */
async function failing(work) {
    try {
        return await work();
    }
    catch (error) {
        return { ...stoppedBy(error), results: [] };
    }
}
/** The same for work that comes after: what was done before stays in the results. */
async function keeping(done, work) {
    try {
        await work();
        return done;
    }
    catch (error) {
        return { ...stoppedBy(error), results: done.results };
    }
}
function stoppedBy(error) {
    const status = error instanceof cancel/* CancelledError */.cc ? 'cancelled' : 'failed';
    return { status, failure: failureBy(error, 'The run stopped') };
}


/***/ })

};
