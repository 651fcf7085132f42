export const id = 610;
export const ids = [610];
export const modules = {

/***/ 8610:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  OctokitForge: () => (/* binding */ OctokitForge)
});

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ../node_modules/@actions/github/lib/github.js + 22 modules
var github = __webpack_require__(1075);
// EXTERNAL MODULE: ./src/errors.js
var errors = __webpack_require__(9973);
// EXTERNAL MODULE: ./src/version.js
var version = __webpack_require__(3816);
// EXTERNAL MODULE: ./src/json.js
var json = __webpack_require__(124);
;// CONCATENATED MODULE: ./src/github/failure.js


/** What octokit threw, as data; undefined for anything that is no failed request. Nothing of the token is in it. */
function failureOf(thrown) {
    if (!(thrown instanceof Error) || !(0,json/* isObject */.Gv)((0,json.at)(thrown, 'request')))
        return undefined;
    const response = (0,json.at)(thrown, 'response');
    const answered = (0,json/* isObject */.Gv)(response);
    const headers = (0,json.at)(response, 'headers');
    const url = (0,json/* asString */.oJ)((0,json.at)(thrown, 'request', 'url')) ?? '';
    return {
        status: answered ? (0,json/* asNumber */.i)((0,json.at)(response, 'status')) : undefined,
        message: answered ? wordsOf((0,json.at)(response, 'data')) : thrown.message || connectionCode(thrown),
        headers: (0,json/* isObject */.Gv)(headers)
            ? Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, String(value)]))
            : {},
        request: `${(0,json/* asString */.oJ)((0,json.at)(thrown, 'request', 'method')) ?? ''} ${pathOf(url)}`,
        server: URL.parse(url)?.origin ?? url
    };
}
/** GitHub's message with the details it gives per field; of a page that is no JSON, nothing. */
function wordsOf(data) {
    const message = (0,json/* asString */.oJ)((0,json.at)(data, 'message')) ?? '';
    const errors = ((0,json/* asList */.DD)((0,json.at)(data, 'errors')) ?? []).map((error) => {
        const field = [(0,json/* asString */.oJ)((0,json.at)(error, 'resource')), (0,json/* asString */.oJ)((0,json.at)(error, 'field'))].filter(Boolean).join('.');
        return ((0,json/* asString */.oJ)(error) ?? (0,json/* asString */.oJ)((0,json.at)(error, 'message')) ?? `${field} ${(0,json/* asString */.oJ)((0,json.at)(error, 'code')) ?? 'is invalid'}`);
    });
    return [message, ...errors].filter((text) => text !== '').join(': ');
}
/** Where every address of a host refused, Node gives a code but no message. */
function connectionCode(thrown) {
    return (0,json/* asString */.oJ)((0,json.at)(thrown.cause, 'cause', 'code')) ?? (0,json/* asString */.oJ)((0,json.at)(thrown.cause, 'code')) ?? 'no answer';
}
function pathOf(url) {
    const parsed = URL.parse(url);
    return parsed ? parsed.pathname + parsed.search : url;
}
/** The error a person reads: what was asked, what GitHub said, what to do. `needs` is what the request takes. */
function explain(failure, needs, repository) {
    const { status, request } = failure;
    const said = status === undefined ? failure.message : `${status}${failure.message ? ` ${failure.message}` : ''}`;
    const outcome = status === undefined ? 'got no answer' : `was answered with ${said}`;
    const error = (message, hint) => new errors/* GitOpsError */.$(message, { hint, details: [`${request} ${outcome}`] });
    if (status === undefined)
        return error(`GitHub could not be reached at ${failure.server} (${said}).`, 'Check the network of the runner, its proxy settings and GITHUB_API_URL.');
    if (status >= 500)
        return error(`GitHub failed to answer (${said}).`, 'Look at https://www.githubstatus.com and run the job again.');
    if (status === 401)
        return error(`GitHub does not accept the token (${said}).`, 'Leave github-token at its default, or give a token of this GitHub server that has not expired.');
    if (/not permitted to create or approve pull requests/i.test(failure.message))
        return error(`GitHub Actions may not open pull requests in ${repository}.`, 'Allow it in Settings → Actions → General → "Allow GitHub Actions to create and approve pull requests", or pass the token of a GitHub App.');
    if (/without `?workflows?`? permission/i.test(failure.message))
        return error(`The token may not change files below .github/workflows in ${repository}.`, 'No permissions: block can allow this. Pass the token of a GitHub App that has "Workflows: write", or do this step by hand.');
    if (/archived/i.test(failure.message))
        return error(`${repository} is archived, so nothing can be written to it.`, 'Unarchive it first.');
    if (status === 410)
        return error(`Issues are switched off in ${repository}.`, 'Switch them on in Settings → Features, or set "issue: false".');
    if (status === 403 || status === 404 || /resource not accessible/i.test(failure.message))
        return refused(failure, needs, repository, said);
    return error(`GitHub refused ${request}: ${said}`, 'If the reason does not help, please report this with the lines above.');
}
function refused(failure, needs, repository, said) {
    const accepted = acceptedPermissions(failure) ?? [needs];
    const [first = needs] = accepted;
    const missing = failure.status === 404
        ? `${repository} does not exist, or the token may not see it`
        : 'The token is not allowed to do this';
    return new errors/* GitOpsError */.$(`${missing}: it needs "${accepted.join('" or "')}" in ${repository} (${said}).`, {
        hint: `Add "${first}" under "permissions:" of the job (what such a block does not name is taken away). ` +
            'A pull request from a fork always runs with a token that only reads.',
        details: [`GitHub refused ${failure.request}`]
    });
}
/** GitHub says in a header what it would have accepted: `issues=write; pull_requests=write`. */
function acceptedPermissions(failure) {
    const header = failure.headers['x-accepted-github-permissions'];
    const pairs = header?.split(/[;,]/).map((pair) => /^\s*(\w+)=(\w+)\s*$/.exec(pair));
    const words = (pairs ?? []).flatMap((pair) => (pair ? [`${(pair[1] ?? '').replaceAll('_', '-')}: ${pair[2]}`] : []));
    return words.length > 0 ? [...new Set(words)] : undefined;
}

;// CONCATENATED MODULE: ./src/github/retry.js
const ATTEMPTS = 5;
const FIRST_PAUSE = 1000;
/** GitHub asks for at least a minute where a secondary rate limit names no time. */
const SECONDARY_LIMIT_PAUSE = 60_000;
/** How long to wait before the same request can work; undefined when it never will, or not within our patience. */
function pauseAfter(failure, attempt, policy) {
    if (attempt >= ATTEMPTS)
        return undefined;
    const limit = rateLimitPause(failure, policy.now());
    if (limit !== undefined)
        return limit <= policy.patience ? limit : undefined;
    const passing = failure.status === undefined || failure.status === 408 || failure.status >= 500;
    return passing && failure.status !== 501 ? FIRST_PAUSE * 2 ** (attempt - 1) : undefined;
}
/** Milliseconds until a rate limit is over; undefined when the failure is none. */
function rateLimitPause(failure, now) {
    const { status, headers, message } = failure;
    if (status !== 403 && status !== 429)
        return undefined;
    const after = Number(headers['retry-after']);
    if (Number.isFinite(after) && headers['retry-after'] !== undefined)
        return Math.max(after, 1) * 1000;
    // GitHub's documentation: remaining 0 means the primary limit, and its reset is in seconds since 1970.
    if (headers['x-ratelimit-remaining'] === '0')
        return Math.max(Number(headers['x-ratelimit-reset'] ?? 0) * 1000 - now.getTime(), 0) + 1000;
    return status === 429 || /secondary rate limit|abuse detection/i.test(message) ? SECONDARY_LIMIT_PAUSE : undefined;
}
/** True when the request may have been carried out although no good answer came: it must not simply be sent again. */
function mayHaveWorked(failure) {
    return failure.status === undefined || failure.status >= 500;
}

;// CONCATENATED MODULE: ./src/github/octokit/client.js






/** Sends requests: with the repository filled in, time limits, retries, and errors that a person can act on. */
class Client {
    repository;
    owner;
    name;
    #octokit;
    #policy;
    constructor(options) {
        const { log } = options;
        const [owner = '', name = ''] = options.repository.split('/');
        this.repository = options.repository;
        this.owner = owner;
        this.name = name;
        this.#policy = {
            sleep: options.sleep ?? promises_.setTimeout,
            now: options.now ?? (() => new Date()),
            patience: options.patience ?? 300_000,
            log
        };
        const quiet = (message) => log.debug(message);
        this.#octokit = (0,github/* getOctokit */.Q)(options.token, {
            baseUrl: options.apiUrl,
            userAgent: `gitops-actions/${version/* VERSION */.x}`,
            log: { debug: quiet, info: quiet, warn: quiet, error: quiet }
        });
        this.#octokit.hook.before('request', (request) => {
            request.request = { ...request.request, signal: AbortSignal.timeout(options.timeout ?? 30_000) };
        });
    }
    /** Owner and name, as every request wants them. */
    get place() {
        return { owner: this.owner, repo: this.name };
    }
    /** Sends one request and gives the data of its answer. @throws GitOpsError */
    async call(needs, send, read, options = {}) {
        const { log, sleep, now } = this.#policy;
        for (let attempt = 1;; attempt++) {
            const result = await this.#attempt(send);
            if ('data' in result)
                return read(result.data);
            const { failure } = result;
            const accepted = options.accept?.(failure);
            if (accepted)
                return accepted.value;
            const pause = options.settling?.(failure) && attempt <= SETTLING_ATTEMPTS
                ? attempt * 500
                : pauseAfter(failure, attempt, this.#policy);
            if (pause === undefined)
                throw this.#error(failure, needs, attempt, now());
            log.info(`GitHub: ${failure.request}: ${summary(failure)}; trying again in ${Math.ceil(pause / 1000)} s`);
            await sleep(pause);
            if (options.confirm && mayHaveWorked(failure)) {
                const done = await options.confirm();
                if (done !== undefined)
                    return done;
            }
        }
    }
    /** The time as the retries see it. */
    now() {
        return this.#policy.now();
    }
    async #attempt(send) {
        try {
            const { status, data, url } = await send(this.#octokit.rest);
            // octokit hands on an answer that broke off, or a proxy's page, as text: that is no answer.
            if (typeof data === 'string' && status !== 204)
                return { failure: brokenAnswer(url) };
            return { data };
        }
        catch (error) {
            const failure = failureOf(error);
            if (!failure)
                throw error;
            return { failure };
        }
    }
    #error(failure, needs, attempts, now) {
        const limit = rateLimitPause(failure, now);
        if (limit !== undefined) {
            const until = new Date(now.getTime() + limit).toISOString().slice(0, 16).replace('T', ' ');
            return new errors/* GitOpsError */.$(`GitHub's rate limit for this token is used up until ${until} UTC (${failure.message}).`, {
                hint: 'Run the job again after that, fewer jobs at a time, or with the token of a GitHub App, which has a larger limit.'
            });
        }
        const error = explain(failure, needs, this.repository);
        if (attempts === 1)
            return error;
        return new errors/* GitOpsError */.$(`${error.message} It was tried ${attempts} times.`, {
            details: error.details,
            ...(error.hint ? { hint: error.hint } : {})
        });
    }
}
function brokenAnswer(url) {
    const { origin = '', pathname = url } = URL.parse(url) ?? {};
    return {
        status: undefined,
        message: 'the answer broke off or is no JSON',
        headers: {},
        request: pathname,
        server: origin
    };
}
const SETTLING_ATTEMPTS = 3;
function summary(failure) {
    return failure.status === undefined ? failure.message : `${failure.status} ${failure.message}`.trim();
}

;// CONCATENATED MODULE: ./src/github/octokit/deployments.js


function deploymentOperations(client) {
    const list = ({ environment, task }, limit) => client.call('deployments: read', (rest) => rest.repos.listDeployments({
        ...client.place,
        environment,
        ...(task === undefined ? {} : { task }),
        per_page: Math.min(limit, 100)
    }), (data) => data.map(readDeployment));
    return {
        list,
        create: (deployment) => client.call('deployments: write', (rest) => rest.repos.createDeployment({
            ...client.place,
            ref: deployment.sha,
            environment: deployment.environment,
            task: deployment.task,
            description: deployment.description,
            production_environment: deployment.production,
            transient_environment: false,
            payload: deployment.payload,
            // It records what is being done: GitHub must neither merge the default branch into it first (and refuse
            // when that conflicts) nor wait for the commit's checks, one of which is the very job that deploys.
            auto_merge: false,
            required_contexts: []
        }), (data) => {
            if ('id' in data)
                return readDeployment(data);
            throw new errors/* GitOpsError */.$(`GitHub did not create the deployment: ${data.message ?? 'no reason given'}`);
        }, {
            confirm: async () => (await list(deployment, 10)).find((one) => one.sha === deployment.sha && (0,json/* canonicalJson */.dj)(one.payload) === (0,json/* canonicalJson */.dj)(deployment.payload))
        }),
        states: (id) => client.call('deployments: read', (rest) => rest.repos.listDeploymentStatuses({ ...client.place, deployment_id: id, per_page: 100 }), (data) => data.map((status) => status.state)),
        addState: (id, { state, description, logUrl }) => client.call('deployments: write', (rest) => rest.repos.createDeploymentStatus({
            ...client.place,
            deployment_id: id,
            state,
            description,
            ...(logUrl ? { log_url: logUrl } : {}),
            // GitHub would mark every other target of the environment inactive: it knows no targets.
            auto_inactive: false
        }), () => undefined)
    };
}
function readDeployment(answer) {
    return { id: answer.id, sha: answer.sha, createdAt: answer.created_at, payload: readPayload(answer.payload) };
}
/** Others may have given a text; and GitHub has handed objects back as text of JSON. */
function readPayload(payload) {
    if (typeof payload !== 'string')
        return (0,json/* asObject */.eB)(payload) ?? {};
    try {
        return (0,json/* asObject */.eB)((0,json/* parseJson */.qF)(payload)) ?? {};
    }
    catch {
        return {};
    }
}

;// CONCATENATED MODULE: ./src/github/octokit/git.js
function gitOperations(client) {
    return {
        branch: (name) => client.call('contents: read', (rest) => rest.git.getRef({ ...client.place, ref: `heads/${name}` }), (data) => data.object.sha, { accept: absent }),
        createBranch: (name, sha) => client.call('contents: write', (rest) => rest.git.createRef({ ...client.place, ref: `refs/heads/${name}`, sha }), () => true, {
            accept: (failure) => failure.status === 422 && /already exists/i.test(failure.message) ? { value: false } : undefined,
            settling: notThereYet
        }),
        moveBranch: (name, sha) => client.call('contents: write', (rest) => rest.git.updateRef({ ...client.place, ref: `heads/${name}`, sha, force: true }), () => undefined, { settling: notThereYet }),
        commit: (sha) => client.call('contents: read', (rest) => rest.git.getCommit({ ...client.place, commit_sha: sha }), (data) => ({
            sha: data.sha,
            tree: data.tree.sha,
            parents: data.parents.map((parent) => parent.sha),
            message: data.message,
            author: data.author.name
        }), { accept: absent }),
        createCommit: ({ message, tree, parents }) => client.call('contents: write', (rest) => rest.git.createCommit({ ...client.place, message, tree, parents: [...parents] }), (data) => data.sha, { settling: notThereYet }),
        tree: (sha) => client.call('contents: read', (rest) => rest.git.getTree({ ...client.place, tree_sha: sha }), (data) => (data.truncated ? undefined : data.tree.map(readEntry))),
        createTree: (entries) => client.call('contents: write', (rest) => rest.git.createTree({
            ...client.place,
            tree: entries.map(({ name, mode, type, sha }) => ({ path: name, mode: asMode(mode), type, sha }))
        }), (data) => data.sha, { settling: notThereYet }),
        compare: (base, head) => client.call('contents: read', (rest) => rest.repos.compareCommitsWithBasehead({ ...client.place, basehead: `${base}...${head}`, per_page: 1 }), (data) => data.status, { accept: absent })
    };
}
/** 409 is GitHub's answer for a repository without any commit. */
function absent(failure) {
    return failure.status === 404 || failure.status === 409 ? { value: undefined } : undefined;
}
/** An object made a moment ago may not have reached the server that answers. */
function notThereYet(failure) {
    return failure.status === 422 && /does not exist|not a valid (blob|tree|commit)/i.test(failure.message);
}
function readEntry(entry) {
    const type = entry.type === 'tree' || entry.type === 'commit' ? entry.type : 'blob';
    return { name: entry.path, mode: entry.mode, type, sha: entry.sha };
}
function asMode(mode) {
    return MODES.find((one) => one === mode) ?? '100644';
}
const MODES = ['100644', '100755', '040000', '160000', '120000'];

;// CONCATENATED MODULE: ./src/github/octokit/issues.js
const PAGE = 100;
function issueOperations(client) {
    const list = async (label) => {
        const found = [];
        for (let page = 1, full = true; full; page++) {
            const query = { labels: label, state: 'all', sort: 'created', direction: 'asc', per_page: PAGE, page };
            const answers = await client.call('issues: read', (rest) => rest.issues.listForRepo({ ...client.place, ...query }), (data) => data);
            found.push(...answers);
            full = answers.length === PAGE;
        }
        return found.filter((issue) => issue.pull_request === undefined).map(readIssue);
    };
    return {
        list,
        create: ({ title, body, label }) => client.call('issues: write', (rest) => rest.issues.create({ ...client.place, title, body, labels: [label] }), readIssue, {
            // The newest that says the same: one whose answer got lost.
            confirm: async () => (await list(label)).findLast((issue) => issue.title === title && issue.body === body)
        }),
        update: (number, { reason, ...change }) => client.call('issues: write', (rest) => rest.issues.update({
            ...client.place,
            issue_number: number,
            ...change,
            ...(change.state === 'closed' && reason ? { state_reason: reason } : {})
        }), () => undefined),
        async comment(number, body) {
            await client.call('issues: write', (rest) => rest.issues.createComment({ ...client.place, issue_number: number, body }), () => true, { confirm: async () => ((await hasComment(client, number, body)) ? true : undefined) });
        },
        ensureLabel: (label) => client.call('issues: write', (rest) => rest.issues.createLabel({ ...client.place, ...label }), () => undefined, {
            accept: (failure) => failure.status === 422 && /already_exists/.test(failure.message) ? { value: undefined } : undefined
        })
    };
}
/** Whether a comment that says exactly this was made within the last minutes. */
async function hasComment(client, number, body) {
    const since = new Date(client.now().getTime() - 600_000).toISOString();
    const query = { ...client.place, issue_number: number, since, per_page: PAGE };
    return client.call('issues: read', (rest) => rest.issues.listComments(query), (comments) => comments.some((comment) => comment.body === body));
}
function readIssue(issue) {
    return {
        number: issue.number,
        url: issue.html_url,
        title: issue.title,
        body: issue.body ?? '',
        state: issue.state === 'closed' ? 'closed' : 'open',
        trusted: issue.user?.type === 'Bot' || ['OWNER', 'MEMBER', 'COLLABORATOR'].includes(issue.author_association ?? '')
    };
}

;// CONCATENATED MODULE: ./src/github/octokit/pulls.js
function pullOperations(client, serverUrl) {
    const list = (filter) => client.call('pull-requests: read', (rest) => rest.pulls.list({
        ...client.place,
        head: `${client.owner}:${filter.head}`,
        base: filter.base,
        state: 'all',
        sort: 'created',
        direction: 'desc',
        per_page: 100
    }), (data) => data.map(readPull));
    return {
        list,
        create: (pull) => client.call('pull-requests: write', (rest) => rest.pulls.create({ ...client.place, ...pull }), readPull, {
            confirm: async () => (await list(pull)).find((one) => one.state === 'open'),
            // The branch was made a moment ago.
            settling: (failure) => failure.status === 422 && /PullRequest\.head invalid/.test(failure.message)
        }),
        update: (number, change) => client.call('pull-requests: write', (rest) => rest.pulls.update({ ...client.place, pull_number: number, ...change }), () => undefined),
        ofCommit: (sha) => client.call('pull-requests: read', (rest) => rest.repos.listPullRequestsAssociatedWithCommit({ ...client.place, commit_sha: sha }), (data) => data.map((pull) => pull.number)),
        compareUrl: (base, head) => `${serverUrl}/${client.repository}/compare/${encodeURI(base)}...${encodeURI(head)}?expand=1`
    };
}
function readPull(answer) {
    const state = answer.merged_at ? 'merged' : answer.state === 'closed' ? 'closed' : 'open';
    return { number: answer.number, url: answer.html_url, title: answer.title, body: answer.body ?? '', state };
}

;// CONCATENATED MODULE: ./src/github/octokit/forge.js





/** The real Forge: GitHub's REST API by octokit. Loaded only through `connectForge`. */
class OctokitForge {
    repository;
    issues;
    deployments;
    git;
    pulls;
    constructor(options) {
        const client = new Client(options);
        this.repository = options.repository;
        this.issues = issueOperations(client);
        this.deployments = deploymentOperations(client);
        this.git = gitOperations(client);
        this.pulls = pullOperations(client, options.serverUrl ?? 'https://github.com');
    }
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
