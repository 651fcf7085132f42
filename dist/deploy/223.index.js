export const id = 223;
export const ids = [223];
export const modules = {

/***/ 8223:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readHealthChecks: () => (/* binding */ readHealthChecks)
});

// EXTERNAL MODULE: ../node_modules/yaml/dist/index.js
var dist = __webpack_require__(6637);
// EXTERNAL MODULE: ./src/errors.js
var errors = __webpack_require__(9973);
// EXTERNAL MODULE: ./src/json.js
var json = __webpack_require__(124);
// EXTERNAL MODULE: ./src/render/manifest.js
var manifest = __webpack_require__(1632);
// EXTERNAL MODULE: ./src/targets/kubernetes/health/custom/generic.js + 2 modules
var generic = __webpack_require__(6625);
// EXTERNAL MODULE: ./src/targets/kubernetes/health/status.js
var health_status = __webpack_require__(1623);
;// CONCATENATED MODULE: ./src/targets/kubernetes/health/checks/index.js




const EXPRESSIONS = ['suspended', 'degraded', 'progressing', 'healthy', 'message'];
/** Prepares rules. The expression engine is loaded only when there are any. */
async function compileHealthChecks(rules) {
    const { Environment } = await __webpack_require__.e(/* import() */ 963).then(__webpack_require__.bind(__webpack_require__, 9963));
    const environment = new Environment({ unlistedVariablesAreDyn: true, limits: { maxAstNodes: 2_000, maxDepth: 60 } });
    const problems = [];
    const compiled = rules.map((rule, index) => {
        const programs = new Map();
        for (const expression of EXPRESSIONS) {
            const text = rule[expression];
            if (text === undefined)
                continue;
            try {
                const program = environment.parse(text);
                const type = program.check().type;
                const wanted = expression === 'message' ? 'string' : 'bool';
                if (type !== undefined && type !== wanted && type !== 'dyn')
                    problems.push({ index, expression, offset: 0, message: `gives ${type}, but must give ${wanted}` });
                programs.set(expression, (context) => program(context));
            }
            catch (error) {
                problems.push({ index, expression, ...problemOf(error) });
            }
        }
        return { rule, programs, group: pattern(rule.group ?? ''), kind: pattern(rule.kind) };
    });
    const find = (object) => compiled.find((one) => one.group.test((0,manifest/* groupOf */.F8)(object)) && one.kind.test(object.kind));
    return {
        problems,
        checks: {
            covers: (object) => find(object) !== undefined,
            assess(object) {
                const found = find(object);
                return found && ((0,generic/* staleGeneration */.ec)(object) ?? ask(found.programs, object));
            }
        }
    };
}
const MAKE = {
    suspended: health_status/* suspended */.IU,
    degraded: health_status/* degraded */.$o,
    progressing: health_status/* progressing */.OP,
    healthy: health_status/* healthy */.s2
};
function ask(programs, object) {
    const context = {
        apiVersion: object['apiVersion'],
        kind: object['kind'],
        metadata: celOf(object['metadata']) ?? {},
        spec: celOf(object['spec']) ?? {},
        status: celOf(object['status']) ?? {},
        self: celOf(object)
    };
    const problems = [];
    const run = (expression) => {
        try {
            return programs.get(expression)?.(context);
        }
        catch (error) {
            problems.push(`${expression}: ${problemOf(error).message}`);
            return undefined;
        }
    };
    const holds = ['suspended', 'degraded', 'progressing', 'healthy'].find((one) => run(one) === true);
    const status = holds ?? (programs.has('healthy') ? 'progressing' : 'healthy');
    const told = run('message');
    const own = typeof told === 'string' && told !== '' ? (0,health_status/* clause */.sb)(told) : undefined;
    const default_ = holds
        ? `The health check says ${holds}`
        : `No expression of the health check holds${notes(problems)}`;
    return MAKE[status](own ?? default_);
}
/** A field that is missing makes an expression neither true nor false; the reader should know which. */
function notes(problems) {
    return problems.length === 0 ? '' : ` (${problems.join('; ')})`;
}
/** JSON as CEL knows it: whole numbers are integers. */
function celOf(value) {
    if (typeof value === 'number' && Number.isSafeInteger(value))
        return BigInt(value);
    if (Array.isArray(value))
        return value.map(celOf);
    if ((0,json/* isObject */.Gv)(value))
        return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, celOf(child)]));
    return value ?? null;
}
/** The first line of the engine's message; what follows draws the expression. */
function problemOf(error) {
    const text = error instanceof Error ? error.message : String(error);
    const node = error instanceof Error && 'node' in error ? error.node : undefined;
    const offset = (0,json/* isObject */.Gv)(node) && typeof node['start'] === 'number' ? node['start'] : 0;
    return { message: (0,health_status/* clause */.sb)(text.split('\n')[0] ?? ''), offset };
}
function pattern(glob) {
    const escaped = glob
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.');
    return new RegExp(`^${escaped}$`);
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/checks/read.js



const KEYS = ['group', 'kind', ...EXPRESSIONS];
/** What Flux calls the same (`healthCheckExprs`). */
const FOREIGN = {
    current: 'healthy',
    inProgress: 'progressing',
    failed: 'degraded',
    apiVersion: 'group'
};
/**
 * Reads the rules of a health checks file: a YAML list of `{group, kind, healthy, degraded, progressing, suspended,
 * message}`.
 * @param file as it shall be named in errors
 * @throws GitOpsError with the place of every error
 */
async function readHealthChecks(text, file) {
    const lines = new dist/* LineCounter */.HN();
    const document = (0,dist/* parseDocument */.Tp)(text, { lineCounter: lines, prettyErrors: false });
    const issues = [];
    const report = (offset, message) => {
        const { line, col } = lines.linePos(offset);
        issues.push({ place: { file, line, column: col }, message });
    };
    for (const error of document.errors)
        report(error.pos[0], error.message);
    const rules = [];
    if (issues.length === 0 && document.contents !== null) {
        if (!(0,dist/* isSeq */.oP)(document.contents))
            report(startOf(document.contents), 'must be a list of rules');
        else
            for (const item of document.contents.items) {
                const read = readRule(item, report);
                if (read)
                    rules.push(read);
            }
    }
    const { checks, problems } = await compileHealthChecks(rules.map(({ rule }) => rule));
    for (const { index, expression, message, offset } of problems) {
        const node = rules[index]?.nodes.get(expression);
        // Inside a quoted or folded scalar the offset of the expression is not that of the file.
        const shift = (0,dist/* isScalar */.jn)(node) && node.type === 'PLAIN' ? offset : 0;
        report(startOf(node) + shift, `${expression}: ${message}`);
    }
    if (issues.length === 0)
        return checks;
    throw new errors/* GitOpsError */.$(issues.map(({ place, message }) => `${file}:${place.line}:${place.column}: ${message}`)[0] ?? file, {
        details: issues.slice(1).map(({ place, message }) => `${file}:${place.line}:${place.column}: ${message}`),
        annotations: issues,
        hint: "A rule looks like this: {group: example.com, kind: Widget, healthy: status.phase == 'Ready'}."
    });
}
function readRule(item, report) {
    if (!(0,dist/* isMap */.jh)(item))
        return report(startOf(item), 'a rule must be a mapping');
    const values = new Map();
    const nodes = new Map();
    let isGood = true;
    for (const { key: keyNode, value } of item.items) {
        const name = (0,dist/* isScalar */.jn)(keyNode) ? String(keyNode.value) : '';
        const key = KEYS.find((one) => one === name);
        if (key === undefined) {
            const instead = Object.hasOwn(FOREIGN, name) ? ` Write "${FOREIGN[name]}" instead.` : '';
            report(startOf(keyNode), `unknown key "${name}".${instead} Allowed here: ${KEYS.join(', ')}`);
            isGood = false;
        }
        else if (!(0,dist/* isScalar */.jn)(value) || typeof value.value !== 'string' || (value.value.trim() === '' && key !== 'group')) {
            report(startOf(value ?? keyNode), `${key} must be a text`);
            isGood = false;
        }
        else {
            values.set(key, value.value);
            nodes.set(key, value);
        }
    }
    const kind = values.get('kind');
    if (kind === undefined && isGood)
        return report(startOf(item), '"kind" is missing');
    const hasVerdict = EXPRESSIONS.some((one) => one !== 'message' && values.has(one));
    if (!hasVerdict && isGood)
        return report(startOf(item), 'says nothing about health: add "healthy", "degraded", "progressing" or "suspended"');
    if (!isGood || kind === undefined)
        return undefined;
    return { rule: { ...Object.fromEntries(values), kind }, nodes };
}
function startOf(node) {
    return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
        ? Number(node.range[0])
        : 0;
}


/***/ }),

/***/ 6625:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Zj: () => (/* binding */ SUMMARIES),
  _C: () => (/* binding */ customResourceHealth),
  lY: () => (/* binding */ isOutdated),
  g$: () => (/* binding */ judged),
  Sw: () => (/* binding */ reportedHealth),
  em: () => (/* binding */ sentence),
  ec: () => (/* binding */ staleGeneration)
});

// UNUSED EXPORTS: conditionFindings

// EXTERNAL MODULE: ./src/json.js
var json = __webpack_require__(124);
// EXTERNAL MODULE: ./src/targets/kubernetes/health/status.js
var health_status = __webpack_require__(1623);
;// CONCATENATED MODULE: ./src/targets/kubernetes/health/custom/words.js
/*
 * What the words of controllers mean: phases, states, reasons of conditions. By the words that controllers of many
 * vendors use (Kubernetes API conventions, kubebuilder and Operator SDK projects), not by any one of them.
 */
const HEALTHY = words(`
  accepted active applied atlatestknown attached available bound compliant complete completed configured connected
  created deployed done enabled established finished green healthy initialized installed insync issued listening
  normal ok online open operational passed polling programmed promoted provisioned ready reconciled registered running
  scheduled serving stable streaming succeeded success successful successfully synced uptodate updated valid validated
  verified working`);
const PROGRESSING = words(`
  inprogress new notinitialized notready notstarted pending queued requested resuming started submitted unprocessed
  unscheduled unsynced yellow`);
const DEGRADED = words(`
  aborted broken cancelled conflict corrupted crashed critical damaged degraded denied error errored expired fail
  failed failing failure fatal forbidden halted incompatible invalid lost misconfigured missing noncompliant orphaned
  outofsync red refused rejected stalled timedout timeout unauthorized unavailable unhealthy unreachable unschedulable
  unsupported warning`);
const SUSPENDED = words('disabled hibernated inactive paused sleeping stopped suspended');
/** Progressive forms that tell of a steady state or of a failure. */
const NOT_IN_PROGRESS = words(`
  according anything billing binding during everything existing failing following including listening listing logging
  mapping meaning missing monitoring networking nothing operating polling rating regarding remaining routing running
  serving something streaming string timing tracing warning working`);
/** What a phase or state word says, or undefined when it is no word that we know. */
function meaningOf(phase) {
    const parts = split(phase);
    const whole = parts.join('');
    if (whole === '' || whole === 'none')
        return undefined;
    if (whole === 'unknown')
        return 'Unknown';
    if (whole === 'notfound')
        return 'Missing';
    for (const [set, status] of MEANINGS)
        if (set.has(whole))
            return status;
    // A phrase: `ClusterRollingUpgrading`, `DEPLOYED_NOT_READY`, `Cluster in healthy state`.
    if (parts.some((part) => DEGRADED.has(part)))
        return parts.includes('no') ? undefined : 'Degraded';
    if (parts.length > 2 && FAILURE_PHRASES.some((phrase) => parts.join(' ').includes(phrase)))
        return 'Degraded';
    const negated = parts.some((part, index) => part === 'not' && HEALTHY.has(parts[index + 1] ?? ''));
    if (negated || parts.some(isProgressive))
        return 'Progressing';
    const last = parts.at(-1) ?? '';
    if (SUSPENDED.has(last))
        return 'Suspended';
    if (PROGRESSING.has(last))
        return 'Progressing';
    return parts.some((part) => HEALTHY.has(part)) ? 'Healthy' : undefined;
}
const MEANINGS = [
    [HEALTHY, 'Healthy'],
    [PROGRESSING, 'Progressing'],
    [DEGRADED, 'Degraded'],
    [SUSPENDED, 'Suspended']
];
const FAILURE_WORDS = words(`
  abort aborted backoff bad broken cannot cant conflict conflicting crash crashed damaged degraded denied disallowed
  error errored errors exceeded expired fail failed failing fails failure forbidden illegal incompatible insufficient
  invalid lost malformed misconfigured mismatch missing prohibited refused rejected stalled timedout timeout
  unable unacceptable unauthorized undefined unhealthy unparsable unprocessable unreachable unresolved unsupported
  violation`);
const FAILURE_PHRASES = [
    'not found',
    'not allowed',
    'not permitted',
    'not supported',
    'not valid',
    'not controlled',
    'already exists',
    'does not exist',
    'doesn t exist',
    'could not',
    'can t',
    'timed out',
    'no such',
    'back off'
];
const WAITING_WORDS = words(`
  awaiting initial initializing inprogress notready notstarted pending progress queued requested scheduled started
  starting waiting`);
/**
 * Whether the reason and message of a condition that is not met tell of a failure or of work under way; undefined when
 * they tell neither. The reason decides, being a word of the API; the message only where the reason says nothing.
 */
function toneOf(reason, message) {
    const word = split(reason);
    if (word.some((part) => part === 'paused' || part === 'suspended'))
        return 'paused';
    const said = split(message).slice(0, 60);
    if (said[0] === 'error' || said[0] === 'failed')
        return 'failure';
    const first = said[0] ?? '';
    return tone(word) ?? (isProgressive(first) ? 'waiting' : tone(said));
}
function tone(parts) {
    const text = ` ${parts.join(' ')} `;
    const isNothingFound = parts[0] === 'no' && (parts.at(-1) === 'found' || parts.includes('matching'));
    if (isNothingFound ||
        parts.some((part) => FAILURE_WORDS.has(part)) ||
        FAILURE_PHRASES.some((one) => text.includes(` ${one} `)))
        return 'failure';
    if (parts.some((part) => WAITING_WORDS.has(part) || isProgressive(part)) || text.includes(' not ready '))
        return 'waiting';
    return undefined;
}
/** An English progressive form: `Provisioning`, `updating`. */
function isProgressive(word) {
    return word.length > 5 && word.endsWith('ing') && !NOT_IN_PROGRESS.has(word);
}
/** Lower-case words of an identifier or a sentence. */
function split(text) {
    return text
        .replace(/([a-z\d])([A-Z])/g, '$1 $2')
        .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
        .toLowerCase()
        .split(/[^a-z\d]+/)
        .filter((part) => part !== '');
}
function words(text) {
    return new Set(text.trim().split(/\s+/));
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/custom/fields.js




/* What the fields of a status say beside its conditions. */
/** Fields of `status` that hold one word for the whole object. */
const WORD_FIELDS = [
    'phase',
    'state',
    'status',
    'health',
    'healthStatus',
    'currentState',
    'currentPhase',
    'currentStatus',
    'overallStatus',
    'printableStatus',
    'stage',
    'compliant',
    'compliance'
];
/** Fields of `status` that hold one word for a part of the object: `jobStatus`, `clusterState`, `installPhase`. */
const PART_FIELD = /[a-z](Status|State|Phase|Health|Result)(e?s)?$|^(statuses|states)$/;
/** Parts that tell of another time than now, or of what is wanted. */
const OTHER_TIMES = /^(last|latest|previous|prior|old|next|initial|original|desired|target|expected|wanted)/i;
/** The words and booleans that stand for the whole object. */
function wordFindings(object) {
    const findings = [];
    for (const field of WORD_FIELDS) {
        const value = (0,json.at)(object, 'status', field);
        const word = wordIn(value);
        const meaning = word === undefined ? undefined : meaningOf(word);
        if (word === undefined || meaning === undefined)
            continue;
        const why = (0,health_status/* clause */.sb)((0,health_status/* stringAt */.bX)(object, 'status', 'message') || (0,health_status/* stringAt */.bX)(object, 'status', 'reason'));
        findings.push({ status: meaning, message: `${capital(field)} is ${(0,health_status/* clause */.sb)(word)}${why ? `: ${why}` : ''}` });
    }
    for (const field of ['ready', 'healthy']) {
        const value = (0,json.at)(object, 'status', field);
        if (value === true)
            findings.push((0,health_status/* healthy */.s2)(`It reports itself ${field}`));
        if (value === false)
            findings.push((0,health_status/* progressing */.OP)(`It reports itself not ${field}`));
    }
    return findings;
}
/**
 * The words that stand for parts of the object, also where each part has an entry of its own. Good only where nothing
 * speaks for the whole: a part that failed need not be the object's failure.
 */
function partFindings(object) {
    const parts = Object.entries((0,json/* asObject */.eB)(object['status']) ?? {}).filter(([field]) => PART_FIELD.test(field) && !OTHER_TIMES.test(field) && !WORD_FIELDS.includes(field));
    return parts.flatMap(([field, value]) => {
        const own = wordIn(value);
        const entries = own === undefined ? Object.entries((0,json/* asObject */.eB)(value) ?? {}) : [];
        const words = [[field, own], ...entries.map(entryOf(field))];
        return words.flatMap(([name, word]) => {
            const status = word === undefined ? undefined : meaningOf(word);
            return word === undefined || status === undefined
                ? []
                : [{ status, message: `${capital(name)} is ${(0,health_status/* clause */.sb)(word)}` }];
        });
    });
}
function entryOf(field) {
    return ([key, value]) => [`${field}.${key}`, (0,json/* asObject */.eB)(value) && wordIn(value)];
}
function wordIn(value) {
    return ((0,json/* asString */.oJ)(value) ?? (0,json/* asString */.oJ)((0,json.at)(value, 'status')) ?? (0,json/* asString */.oJ)((0,json.at)(value, 'state')) ?? (0,json/* asString */.oJ)((0,json.at)(value, 'phase')));
}
/** Fields that hold text only while something is wrong; a summary condition that is met outweighs what was left behind. */
function problemFindings(object) {
    if ((0,health_status/* conditionsOf */.yb)(object).some((one) => SUMMARIES.includes(one.type) && one.status === 'True'))
        return [];
    return ['failureMessage', 'failureReason', 'errorMessage', 'errMsg', 'error', 'lastError'].flatMap((field) => {
        const value = (0,json.at)(object, 'status', field);
        const text = (0,json/* asString */.oJ)(value) ?? (0,json/* asString */.oJ)((0,json.at)(value, 'message'));
        return text ? [{ status: 'Degraded', message: (0,health_status/* clause */.sb)(text) }] : [];
    });
}
/** Replicas as in the scale subresource, for what looks like a workload. */
function countFindings(object) {
    // Without a declared number, all that there are should be ready.
    const declared = (0,health_status/* asInteger */.JU)((0,json.at)(object, 'spec', 'replicas')) ?? (0,health_status/* asInteger */.JU)((0,json.at)(object, 'status', 'replicas'));
    if (declared === undefined)
        return [];
    const updated = (0,health_status/* asInteger */.JU)((0,json.at)(object, 'status', 'updatedReplicas'));
    if (updated !== undefined && updated < declared)
        return [(0,health_status/* progressing */.OP)(`${(0,health_status/* share */.uM)(updated, declared, 'replica')} updated`)];
    for (const field of ['readyReplicas', 'availableReplicas']) {
        const number = (0,health_status/* asInteger */.JU)((0,json.at)(object, 'status', field));
        if (number === undefined)
            continue;
        return [
            number < declared
                ? (0,health_status/* progressing */.OP)(`${(0,health_status/* share */.uM)(number, declared, 'replica')} ready`)
                : (0,health_status/* healthy */.s2)(`${(0,health_status/* every */.Si)(declared, 'replica')} ready`)
        ];
    }
    return [];
}
function capital(word) {
    return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

;// CONCATENATED MODULE: ./src/targets/kubernetes/health/custom/generic.js




/** Conditions that sum an object up, most telling first. */
const SUMMARIES = ['Ready', 'Available', 'Healthy', 'Succeeded', 'Complete', 'Completed', 'Synced'];
/** Conditions that are bad news when they are met. */
const BAD_NEWS = /^(Failed|Failure|Error|Errored|ErrorOccurred|Degraded|Stalled|Invalid|InvalidSpec|Unhealthy|NotReady|Rejected|Crashed)$/;
const BAD_NEWS_ENDING = /(Failed|Failure|Error|Degraded|Unhealthy|Rejected|Denied|Expired|Unreachable)$|^(Invalid|Failed)[A-Z]/;
/** Conditions that tell of work under way when they are met. */
const WORK = /^(Progressing|Reconciling|Synchronizing|Updating|Upgrading|Creating|Issuing|Deploying|Installing|Provisioning|Pending)$/;
/** Conditions that tell of a pause that somebody has declared when they are met. */
const PAUSE = /(Paused|Suspended|Hibernated)$/;
/** Conditions whose name says that all is well when they are met. */
const GOOD_NEWS = /(Ready|Available|Healthy|Succeeded|Success|Completed?|Synced|Synchronized|Accepted|Valid|Validated|Applied|Deployed|Established|Resolved|ResolvedRefs|Programmed|Installed|Configured|Provisioned|Reconciled|Advertised|Registered|Created|Bound|Initialized|UpToDate)$|^(Active|Admitted)$/;
/**
 * The health of a custom resource of any vendor, from what the Kubernetes API conventions and common practice say:
 * `spec.suspend`, the generation that the controller has seen, conditions, a phase or state word, replica counts. An
 * object that shows none of them is taken to be healthy, as kstatus does.
 */
function customResourceHealth(object) {
    return reportedHealth(object) ?? (0,health_status/* healthy */.s2)('Accepted; it reports no status that says otherwise');
}
/** As `customResourceHealth`; undefined where the object shows nothing of all that. */
function reportedHealth(object) {
    for (const field of ['suspend', 'suspended', 'paused', 'pause'])
        if ((0,json.at)(object, 'spec', field) === true)
            return (0,health_status/* suspended */.IU)(`Suspended (spec.${field} is true)`);
    const stale = staleGeneration(object);
    if (stale)
        return stale;
    const findings = [
        ...conditionFindings(object, (0,health_status/* conditionsOf */.yb)(object)),
        ...nestedFindings(object),
        ...wordFindings(object),
        ...problemFindings(object),
        ...countFindings(object)
    ];
    return worst(findings) ?? worst(partFindings(object));
}
/** A controller that reports the generation it has seen, and has not seen the latest. */
function staleGeneration(object) {
    const generation = (0,health_status/* asInteger */.JU)((0,json.at)(object, 'metadata', 'generation'));
    const field = (0,json.at)(object, 'status', 'observedGeneration');
    const observed = (0,health_status/* asInteger */.JU)(field) ?? (/^\d{1,9}$/.test((0,json/* asString */.oJ)(field) ?? '') ? Number(field) : undefined);
    if (generation === undefined || observed === undefined || observed >= generation)
        return undefined;
    return (0,health_status/* progressing */.OP)('Its controller has not seen the latest change yet');
}
const SEVERITY = {
    Degraded: 5,
    Missing: 4,
    Unknown: 3,
    Progressing: 2,
    Suspended: 1,
    Healthy: 0
};
/** The worst finding; but an object that calls itself ready is not in progress because of an old-style phase word. */
function worst(findings) {
    const ready = findings.some((finding) => finding.summary === true && finding.status === 'Healthy');
    const counted = ready ? findings.filter((one) => one.summary === true || one.status !== 'Progressing') : findings;
    const pause = findings.find((finding) => finding.pause === true);
    if (pause && !counted.some((finding) => finding.status === 'Degraded'))
        return { status: pause.status, message: pause.message };
    const [first] = [...counted].sort((a, b) => SEVERITY[b.status] - SEVERITY[a.status]);
    return first && { status: first.status, message: first.message };
}
/** What a list of conditions says. Also for lists that stand elsewhere than in `status.conditions`. */
function conditionFindings(object, conditions) {
    const generation = (0,health_status/* asInteger */.JU)((0,json.at)(object, 'metadata', 'generation'));
    const findings = [];
    const summary = SUMMARIES.map((type) => conditions.find((one) => one.type === type)).filter((one) => one !== undefined);
    const isReady = summary.some((one) => one.type === 'Ready' && one.status === 'True');
    for (const condition of conditions) {
        const { type, status } = condition;
        if (generation !== undefined && (condition.observedGeneration ?? generation) < generation)
            findings.push((0,health_status/* progressing */.OP)(`Its controller has not seen the latest change yet (condition ${type})`));
        else if (BAD_NEWS.test(type) || (BAD_NEWS_ENDING.test(type) && !isReady)) {
            if (status === 'True')
                findings.push({ status: 'Degraded', message: sentence(condition) });
        }
        else if (PAUSE.test(type)) {
            if (status === 'True')
                findings.push({ ...(0,health_status/* suspended */.IU)(sentence(condition)), pause: true });
        }
        else if (WORK.test(type)) {
            if (status === 'True' && summary.length === 0 && condition.reason !== 'NewReplicaSetAvailable')
                findings.push((0,health_status/* progressing */.OP)(sentence(condition)));
            else if (condition.reason === 'ProgressDeadlineExceeded' ||
                (status === 'False' && summary.length === 0 && toneOf(condition.reason, '') === 'failure'))
                findings.push({ status: 'Degraded', message: sentence(condition) });
        }
        else if (summary.includes(condition))
            findings.push({ ...(causeOf(condition, conditions) ?? judged(condition)), summary: true });
        else if (summary.length === 0 && GOOD_NEWS.test(type))
            findings.push(judged(condition));
    }
    return findings;
}
/**
 * A summary that is not met and says no why leaves that to the conditions it sums up: the failure among them, or
 * undefined.
 */
function causeOf(summary, conditions) {
    if (summary.status !== 'False' || (0,health_status/* reasonOf */.A3)(summary) !== '')
        return undefined;
    const failed = conditions.find((one) => one.status === 'False' &&
        !SUMMARIES.includes(one.type) &&
        ![BAD_NEWS, BAD_NEWS_ENDING, WORK].some((pattern) => pattern.test(one.type)) &&
        judged(one).status === 'Degraded');
    return failed && { status: 'Degraded', message: `${sentence(summary)}: ${sentence(failed)}` };
}
/** Gateway API and its policies keep conditions per parent or ancestor (GEP-713). */
function nestedFindings(object) {
    return ['parents', 'ancestors'].flatMap((field) => {
        const entries = (0,json/* asList */.DD)((0,json.at)(object, 'status', field)) ?? [];
        // One that has judged the latest change speaks for the object; another may be of a parent that is no longer named.
        const current = entries.filter((entry) => !isOutdated(object, entry));
        return (current.length > 0 ? current : entries).flatMap((entry) => {
            const reference = (0,json/* asObject */.eB)((0,json.at)(entry, 'parentRef')) ?? (0,json/* asObject */.eB)((0,json.at)(entry, 'ancestorRef'));
            const name = (0,health_status/* stringAt */.bX)(reference, 'name');
            const conditions = (0,health_status/* conditionsIn */.AV)((0,json.at)(entry, 'conditions'));
            if (conditions.length === 0)
                return [(0,health_status/* progressing */.OP)(`${name || 'A parent'} has not judged it yet`)];
            if (isOutdated(object, entry))
                return [(0,health_status/* progressing */.OP)(`${name || 'A parent'} has not judged the latest change yet`)];
            return conditions
                .filter((condition) => GOOD_NEWS.test(condition.type))
                .map((condition) => ({ ...judged(condition), message: `${name}: ${sentence(condition)}` }));
        });
    });
}
/** Whether all that an entry of `parents` or `ancestors` says is about an older generation of the object. */
function isOutdated(object, entry) {
    const generation = (0,health_status/* asInteger */.JU)((0,json.at)(object, 'metadata', 'generation'));
    const observed = (0,health_status/* conditionsIn */.AV)((0,json.at)(entry, 'conditions')).flatMap((one) => one.observedGeneration ?? []);
    return generation !== undefined && observed.length > 0 && Math.max(...observed) < generation;
}
/** The verdict of a condition that is good news when it is met. */
function judged(condition) {
    const message = sentence(condition);
    if (condition.status === 'True')
        return (0,health_status/* healthy */.s2)(message);
    const tone = toneOf(condition.reason, condition.message);
    if (tone === 'paused')
        return (0,health_status/* suspended */.IU)(message);
    if (condition.status === 'False' && condition.severity === 'Error')
        return { status: 'Degraded', message };
    // What is of a lower severity is tried again, or waits for something else.
    if (condition.severity === 'Warning' || condition.severity === 'Info')
        return (0,health_status/* progressing */.OP)(message);
    if (condition.status === 'False' && tone === 'failure')
        return { status: 'Degraded', message };
    return (0,health_status/* progressing */.OP)(message);
}
/** `Not Ready (CreateFailed): quota exceeded`. */
function sentence(condition) {
    const { type, status, reason, message } = condition;
    const why = (0,health_status/* reasonOf */.A3)(condition);
    const met = status === 'True' ? type : status === 'False' ? `Not ${type}` : `${type} is ${status || 'not known'}`;
    if (why === '')
        return met;
    return message !== '' && reason !== '' && status !== 'True' ? `${met} (${(0,health_status/* clause */.sb)(reason)}): ${why}` : `${met}: ${why}`;
}


/***/ }),

/***/ 1623:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $o: () => (/* binding */ degraded),
/* harmony export */   A3: () => (/* binding */ reasonOf),
/* harmony export */   AV: () => (/* binding */ conditionsIn),
/* harmony export */   IU: () => (/* binding */ suspended),
/* harmony export */   JU: () => (/* binding */ asInteger),
/* harmony export */   L5: () => (/* binding */ unknown),
/* harmony export */   OP: () => (/* binding */ progressing),
/* harmony export */   OW: () => (/* binding */ integerAt),
/* harmony export */   Si: () => (/* binding */ every),
/* harmony export */   U9: () => (/* binding */ count),
/* harmony export */   Vb: () => (/* binding */ nameOf),
/* harmony export */   bX: () => (/* binding */ stringAt),
/* harmony export */   lW: () => (/* binding */ annotationOf),
/* harmony export */   rI: () => (/* binding */ conditionOf),
/* harmony export */   s2: () => (/* binding */ healthy),
/* harmony export */   sb: () => (/* binding */ clause),
/* harmony export */   uM: () => (/* binding */ share),
/* harmony export */   yb: () => (/* binding */ conditionsOf)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(124);

const healthy = (message) => ({ status: 'Healthy', message });
const progressing = (message) => ({ status: 'Progressing', message });
const degraded = (message) => ({ status: 'Degraded', message });
const suspended = (message) => ({ status: 'Suspended', message });
const unknown = (message) => ({ status: 'Unknown', message });
/** The conditions of a list as it stands in an object; entries of another shape are left out. */
function conditionsIn(list) {
    const conditions = [];
    for (const entry of (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asList */ .DD)(list) ?? []) {
        const condition = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asObject */ .eB)(entry);
        const type = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)(condition?.['type']);
        if (condition === undefined || type === undefined)
            continue;
        conditions.push({
            type,
            status: wordOf(condition['status']),
            reason: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)(condition['reason']) ?? '',
            message: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)(condition['message']) ?? '',
            lastTransitionTime: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)(condition['lastTransitionTime']) ?? '',
            observedGeneration: asInteger(condition['observedGeneration']),
            severity: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)(condition['severity']) ?? ''
        });
    }
    return conditions;
}
/** `status.conditions` of an object. */
function conditionsOf(object) {
    return conditionsIn((0,_json_js__WEBPACK_IMPORTED_MODULE_0__.at)(object, 'status', 'conditions'));
}
/** The first condition of a type, or undefined. */
function conditionOf(object, type) {
    return conditionsOf(object).find((condition) => condition.type === type);
}
/** The message of a condition without what would end the sentence twice; its reason when it has no message. */
function reasonOf(condition) {
    return clause(condition.message || condition.reason);
}
/** An integer, also where it was read as `bigint`; undefined for anything else. */
function asInteger(value) {
    if (typeof value === 'bigint')
        return Number(value);
    return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}
/** The integer below `keys`, or `fallback`. */
function integerAt(object, fallback, ...keys) {
    return asInteger((0,_json_js__WEBPACK_IMPORTED_MODULE_0__.at)(object, ...keys)) ?? fallback;
}
/** The string below `keys`, or the empty string. */
function stringAt(object, ...keys) {
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__.at)(object, ...keys)) ?? '';
}
/** `metadata.annotations[name]`, or undefined. */
function annotationOf(object, name) {
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__.at)(object, 'metadata', 'annotations', name));
}
/** `Deployment shop/web`. Works on objects without metadata, which an untrusted file may hold. */
function nameOf(object) {
    const namespace = stringAt(object, 'metadata', 'namespace');
    return `${object.kind} ${namespace === '' ? '' : `${namespace}/`}${stringAt(object, 'metadata', 'name')}`.trim();
}
/** Untrusted text as part of a sentence: one line, no closing dot, never more than 400 characters. */
function clause(text) {
    const line = text.replace(/\s+/g, ' ').trim().replace(/\.+$/, '');
    return line.length > 400 ? `${line.slice(0, 399)}…` : line;
}
/** `1 pod`, `3 pods`. */
function count(number, noun) {
    return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
/** `2 of 3 pods`. */
function share(part, whole, noun) {
    return `${part} of ${whole} ${noun}s`;
}
/** `1 pod`, `all 3 pods`, as the beginning of a sentence. */
function every(number, noun) {
    return number === 1 ? `1 ${noun}` : `All ${number} ${noun}s`;
}
function wordOf(value) {
    if (typeof value === 'boolean')
        return value ? 'True' : 'False';
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asString */ .oJ)(value) ?? '';
}


/***/ })

};
