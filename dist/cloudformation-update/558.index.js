export const id = 558;
export const ids = [558];
export const modules = {

/***/ 7558:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   githubDeployments: () => (/* binding */ githubDeployments)
/* harmony export */ });
/* harmony import */ var _concurrency_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1819);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9973);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(124);
/* harmony import */ var _report_markdown_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(74);




/** How many deployments are looked at for one that succeeded, and how many of them are read as history. */
const LOOK_BACK = 30;
const HISTORY = 5;
/**
 * GitHub's Deployments as a second memory of what was deployed: one Deployment for each environment and target and
 * attempt, its task `deploy:<target>`, its payload the record. Written `in-progress` at the start and completed at the
 * end; a target whose revision GitHub does not have, and no fallback, is not written: GitHub hangs deployments on commits.
 */
function githubDeployments(forge, options = {}) {
    const { deployments } = forge;
    const list = (environment, target) => deployments.list({ environment, task: taskOf(target) }, LOOK_BACK);
    return {
        async read(environment, target) {
            const known = ours(await list(environment, target));
            for (const [index, deployment] of known.entries()) {
                const record = await readRecord(forge, deployment);
                if (record.status !== 'succeeded')
                    continue;
                const earlier = known.slice(index + 1, index + 1 + HISTORY);
                return {
                    ...record,
                    history: await (0,_concurrency_js__WEBPACK_IMPORTED_MODULE_3__/* .mapConcurrent */ ._)(earlier, HISTORY, async (one) => withoutHistory(await readRecord(forge, one)))
                };
            }
            return undefined;
        },
        async latest(environment, target) {
            const [newest] = ours(await list(environment, target));
            return newest ? readRecord(forge, newest) : undefined;
        },
        memory(environment, target) {
            const task = `heal:${target}`;
            return {
                async read() {
                    const [newest] = await deployments.list({ environment, task }, 1);
                    return newest && (0,_json_js__WEBPACK_IMPORTED_MODULE_1__.at)(newest.payload, 'version') === 1 ? (0,_json_js__WEBPACK_IMPORTED_MODULE_1__.at)(newest.payload, 'healings') : undefined;
                },
                async write(healings) {
                    // GitHub hangs deployments on commits; which one says nothing here.
                    const sha = options.fallbackSha;
                    if (sha === undefined)
                        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitOpsError */ .$('What was healed is remembered in GitHub, which needs the commit of the run (GITHUB_SHA).');
                    const description = (0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(`What drift checks healed in ${target}`, 140);
                    const payload = { version: 1, healings };
                    const made = await deployments.create({ sha, environment, task, description, production: false, payload });
                    await deployments.addState(made.id, { state: 'inactive', description });
                }
            };
        },
        async write(record) {
            const known = ours(await list(record.environment, record.target));
            // Only the newest can be the one that this run began.
            const [newest] = known;
            const begun = newest && isSameAttempt(newest, record) && !isFinal(effective(await deployments.states(newest.id)))
                ? newest
                : undefined;
            const deployment = begun ?? (await create(forge, record, options));
            if (!deployment)
                return;
            await deployments.addState(deployment.id, {
                state: STATES[record.status],
                description: (0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(describe(record), 140),
                ...(record.run ? { logUrl: record.run } : {})
            });
            if (record.status === 'succeeded')
                await retire(forge, known.filter((one) => one.id !== deployment.id));
        }
    };
}
const STATES = {
    'in-progress': 'in_progress',
    succeeded: 'success',
    failed: 'failure'
};
function taskOf(target) {
    return `deploy:${target}`;
}
async function create(forge, record, options) {
    const here = record.repository === undefined || record.repository.toLowerCase() === forge.repository.toLowerCase();
    const sha = (here ? record.revision : undefined) ?? options.fallbackSha;
    if (sha === undefined)
        return undefined;
    const isProduction = options.isProduction ?? ((name) => /^prod(uction)?$/i.test(name));
    return forge.deployments.create({
        sha,
        environment: record.environment,
        task: taskOf(record.target),
        description: (0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(`${record.target} → ${record.environment}`, 140),
        production: isProduction(record.environment),
        payload: toPayload(record)
    });
}
/** GitHub shows one environment as active per deployment that is not inactive: earlier ones of this target are over. */
async function retire(forge, earlier) {
    for (const deployment of earlier.slice(0, HISTORY)) {
        const [state] = await forge.deployments.states(deployment.id);
        if (state === 'success')
            return forge.deployments.addState(deployment.id, {
                state: 'inactive',
                description: 'Replaced by a later deployment'
            });
    }
}
/** The record is kept whole but for its history, which GitHub keeps itself, and its status, which changes. */
function toPayload(record) {
    const { history: _history, status: _status, images, ...rest } = record;
    return { version: 1, ...rest, images: { ...images } };
}
/** Deployments whose payload is a record of ours: workflows and other tools make deployments too. */
function ours(all) {
    return all.filter((one) => (0,_json_js__WEBPACK_IMPORTED_MODULE_1__.at)(one.payload, 'version') === 1 && (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_1__.at)(one.payload, 'digest')) !== undefined);
}
function isSameAttempt(deployment, record) {
    const { payload } = deployment;
    return payload['digest'] === record.digest && payload['run'] === record.run && payload['revision'] === record.revision;
}
async function readRecord(forge, deployment) {
    const text = (key) => (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_1__.at)(deployment.payload, key));
    const state = effective(await forge.deployments.states(deployment.id));
    const images = Object.entries((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asObject */ .eB)((0,_json_js__WEBPACK_IMPORTED_MODULE_1__.at)(deployment.payload, 'images')) ?? {});
    const optional = Object.fromEntries(['repository', 'revision', 'run'].map((key) => [key, text(key)]).filter(([, value]) => value));
    return {
        ...optional,
        target: text('target') ?? '',
        environment: text('environment') ?? '',
        digest: text('digest') ?? '',
        images: Object.fromEntries(images.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))),
        time: text('time') ?? deployment.createdAt,
        status: state === 'success' ? 'succeeded' : isFinal(state) ? 'failed' : 'in-progress',
        history: []
    };
}
/**
 * What a deployment came to: `inactive` only means that it is over (GitHub sets that by itself too, also when a job with
 * an `environment:` succeeds), so the state before it counts. Newest first.
 */
function effective(states) {
    return states.find((state) => state !== 'inactive') ?? states[0];
}
function isFinal(state) {
    return state === 'success' || state === 'failure' || state === 'error' || state === 'inactive';
}
function describe(record) {
    const words = { 'in-progress': 'is being deployed', succeeded: 'is deployed', failed: 'could not be deployed' };
    return `${record.target} ${words[record.status]}${record.revision ? ` at ${record.revision.slice(0, 12)}` : ''}`;
}
function withoutHistory({ history: _history, ...record }) {
    return record;
}


/***/ })

};
