export const id = 818;
export const ids = [818];
export const modules = {

/***/ 2818:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  reportDriftIssue: () => (/* binding */ reportDriftIssue)
});

// UNUSED EXPORTS: DRIFT_LABEL

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./src/report/markdown.js
var markdown = __webpack_require__(74);
// EXTERNAL MODULE: ./src/json.js
var json = __webpack_require__(124);
// EXTERNAL MODULE: ./src/report/truncate.js
var truncate = __webpack_require__(5885);
;// CONCATENATED MODULE: ./src/github/drift-history.js


/** How many runs an issue remembers, and how many of them its table shows. */
const HISTORY_LIMIT = 30;
const TABLE_ROWS = 10;
const STATUSES = ['in-sync', 'drifted', 'healed', 'error', 'unsupported'];
const WORDS = {
    'in-sync': 'in sync',
    drifted: 'drifted',
    healed: 'drifted, healed',
    error: 'could not be checked',
    unsupported: 'not supported'
};
/**
 * What a report adds to the history. Found drift counts as drift even where healing it failed, or where another target
 * could not be checked: what was found must be seen, and only a check of all closes the issue.
 */
function entryOf(report, now) {
    const found = report.targets.filter((target) => (target.plan?.changes.length ?? 0) > 0);
    const failed = report.targets.some((target) => target.status === 'error');
    const drifted = report.targets.some((target) => target.status === 'drifted') ||
        (failed && found.some((target) => target.status === 'error' || target.status === 'healed'));
    return {
        at: now.toISOString().replace(/\.\d+Z$/, 'Z'),
        status: drifted ? 'drifted' : (STATUSES.find((status) => status === report.status) ?? 'error'),
        changes: report.targets.reduce((sum, target) => sum + (target.plan?.changes.length ?? 0), 0),
        ...(report.run ? { run: report.run } : {})
    };
}
/**
 * The history with one more run, oldest first. A run that reports twice (before and after healing) is one entry:
 * drift that is gone at its end was healed by it.
 */
function addEntry(history, entry) {
    const same = history.find((one) => one.run !== undefined && one.run === entry.run);
    const healed = same?.status === 'drifted' && entry.status === 'in-sync';
    const merged = {
        ...entry,
        status: healed ? 'healed' : entry.status,
        changes: Math.max(entry.changes, same?.changes ?? 0)
    };
    return [...history.filter((one) => one !== same), merged].slice(-HISTORY_LIMIT);
}
/** Since when drift has been found in every run that could check, and in how many; undefined when the last one found none. */
function driftStreak(history) {
    let streak;
    for (const entry of history.toReversed()) {
        if (entry.status === 'error' || entry.status === 'unsupported')
            continue;
        if (entry.status === 'in-sync')
            break;
        streak = { since: entry.at, runs: (streak?.runs ?? 0) + 1 };
    }
    return streak;
}
/** Changes per run as a row of bars: `▁` none, `█` the most there were, `×` could not be checked. */
function sparkline(history) {
    const most = Math.max(...history.map((entry) => entry.changes), 1);
    return history
        .map(({ status, changes }) => {
        if (status === 'error')
            return '×';
        if (status === 'unsupported')
            return '·';
        return changes === 0 || status === 'in-sync' ? BARS[0] : BARS[Math.ceil((changes / most) * (BARS.length - 1))];
    })
        .join('');
}
const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/** The history as Markdown: the chart, how often and since when, and the last runs. */
function renderHistory(history) {
    const drifted = history.filter((entry) => entry.status === 'drifted' || entry.status === 'healed').length;
    const streak = driftStreak(history);
    const often = history.length === 1 ? 'the first run' : `drift in ${drifted} of the last ${history.length} runs`;
    const since = streak && streak.runs > 1 ? `, in every one since ${minute(streak.since)} (${streak.runs})` : '';
    const rows = history
        .slice(-TABLE_ROWS)
        .reverse()
        .map((entry) => [
        minute(entry.at),
        WORDS[entry.status],
        String(entry.changes),
        entry.run ? (0,markdown/* link */.nf)('run', entry.run) : ''
    ]);
    return [`\`${sparkline(history)}\` ${often}${since}`, '', (0,markdown/* table */.tp)(['when', 'result', 'changes', ''], rows)].join('\n');
}
/** `2026-01-31 03:00 UTC` of an RFC 3339 time. */
function minute(time) {
    return `${time.slice(0, 16).replace('T', ' ')} UTC`;
}
/** The history for the issue's hidden comment. */
function historyToJson(history) {
    return { version: 1, runs: history.map((entry) => ({ ...entry })) };
}
/** The history out of an issue's hidden comment: people can edit it, so what is not as we write it is left out. */
function historyFromJson(value) {
    if ((0,json.at)(value, 'version') !== 1)
        return [];
    return ((0,json/* asList */.DD)((0,json.at)(value, 'runs')) ?? [])
        .flatMap((item) => {
        const time = (0,json/* asString */.oJ)((0,json.at)(item, 'at')) ?? '';
        const status = STATUSES.find((one) => one === (0,json.at)(item, 'status'));
        const changes = (0,json/* asNumber */.i)((0,json.at)(item, 'changes')) ?? -1;
        const run = (0,json/* asString */.oJ)((0,json.at)(item, 'run'));
        if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(time) || !status || !Number.isSafeInteger(changes) || changes < 0)
            return [];
        return [{ at: time, status, changes, ...(run && /^https?:\/\//.test(run) ? { run } : {}) }];
    })
        .slice(-HISTORY_LIMIT);
}

;// CONCATENATED MODULE: ./src/github/drift-body.js



const FIRST = 'gitops-actions:drift-issue';
const FINDINGS = '<!-- gitops-actions:findings -->';
const FINDINGS_END = '<!-- /gitops-actions:findings -->';
const LAST = 'gitops-actions:history';
/**
 * The text of the issue. Findings are cut where GitHub's limit demands it; `rest` says where the whole is. Our hidden
 * marks stand at the very beginning and the very end, where text from a cluster never stands, and HTML comments in the
 * findings are made visible: nobody can name a pod so that it becomes a mark, or hides what follows.
 */
function composeBody(body, rest) {
    const head = [
        comment(FIRST, { version: 1, environment: body.environment }),
        body.headline,
        '',
        FINDINGS,
        '',
        ''
    ].join('\n');
    const tail = [
        '',
        '',
        FINDINGS_END,
        '',
        '### History',
        '',
        renderHistory(body.history),
        '',
        '<sub>Kept up to date by gitops-actions: changes to this text are overwritten, comments are not. Closed by itself when the environment is in sync.</sub>',
        '',
        comment(LAST, historyToJson(body.history))
    ].join('\n');
    const findings = (0,truncate/* closeBlocks */.VC)(body.findings.replaceAll('<!--', '<!\u200b--').trim());
    return head + (0,truncate/* truncateMarkdown */.o4)(findings, truncate/* GITHUB_BODY_LIMIT */.nY - head.length - tail.length, rest) + tail;
}
/** The parts of an issue's text; undefined when it is no drift issue of ours. Edits by people are survived where possible. */
function parseBody(text) {
    const normal = text.replaceAll('\r\n', '\n');
    const first = /^\s*<!-- gitops-actions:drift-issue (\{.*\}) -->/.exec(normal);
    const mark = first ? drift_body_json(first[1] ?? '') : undefined;
    const environment = (0,json/* asString */.oJ)((0,json.at)(mark, 'environment'));
    if (environment === undefined || (0,json.at)(mark, 'version') !== 1)
        return undefined;
    const start = normal.indexOf(FINDINGS);
    const end = normal.lastIndexOf(FINDINGS_END);
    const findings = start >= 0 && end > start ? normal.slice(start + FINDINGS.length, end).trim() : '';
    return { environment, findings, history: historyIn(normal) };
}
/** The history at the end of an issue's text, whatever became of the rest. */
function historyIn(text) {
    const last = text.slice(Math.max(text.lastIndexOf(`<!-- ${LAST} `), 0));
    const history = /^<!-- gitops-actions:history (\{.*\}) -->/.exec(last);
    return historyFromJson(drift_body_json(history?.[1] ?? ''));
}
/** JSON in a comment: neither its end nor anything that looks like it may occur inside. */
function comment(name, value) {
    const text = (0,json/* stringifyJson */.sd)(value).replace(/[<>]|--/g, (found) => [...found].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''));
    return `<!-- ${name} ${text} -->`;
}
function drift_body_json(text) {
    try {
        return (0,json/* parseJson */.qF)(text);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./src/github/drift-issue.js




const DRIFT_LABEL = 'gitops-drift';
const MOST_ERRORS = 10;
const LONGEST_ERROR = 500;
/**
 * Keeps the one issue of an environment: opened (or reopened) when drift was found, brought up to date in place,
 * closed when the environment is in sync or was healed. Drift that was healed at once still leaves a closed issue, so
 * that it is seen. A check that failed says so in an open issue and changes nothing else.
 *
 * Two runs at once may both find no issue and both open one. The one with the lower number stays: whoever made the
 * other closes it, and whatever is left over is closed by the next run.
 */
async function reportDriftIssue(forge, report, options) {
    const keeper = new Keeper(forge, report, options);
    const issues = await keeper.find();
    const [issue, ...others] = issues;
    if (!issue)
        return keeper.first();
    for (const other of others)
        if (other.state === 'open')
            await keeper.closeDuplicate(other, issue);
    return keeper.next(issue);
}
class Keeper {
    #forge;
    #report;
    #options;
    #verdict;
    #entry;
    constructor(forge, report, options) {
        this.#forge = forge;
        this.#report = report;
        this.#options = options;
        this.#entry = entryOf(report, (options.now ?? (() => new Date()))());
        const { status } = this.#entry;
        this.#verdict = status === 'error' || status === 'unsupported' ? 'unknown' : status;
    }
    /** The environment's issues, the one that counts first: an open one before a closed one, then the lowest number. */
    async find() {
        const all = await this.#forge.issues.list(this.#label);
        return all
            .filter((issue) => issue.trusted && this.#isOurs(issue))
            .sort((one, other) => Number(one.state === 'closed') - Number(other.state === 'closed') || one.number - other.number);
    }
    /** By the mark in its text; by its title where somebody has overwritten the mark. */
    #isOurs(issue) {
        const environment = parseBody(issue.body)?.environment;
        return environment === undefined ? issue.title === this.#title : environment === this.#report.environment;
    }
    /** No issue yet. */
    async first() {
        if (this.#verdict !== 'drifted' && this.#verdict !== 'healed')
            return { action: 'none' };
        const { issues } = this.#forge;
        await issues.ensureLabel({
            name: this.#label,
            color: 'd93f0b',
            description: 'The cluster is not what Git declares (gitops-actions)'
        });
        const created = await issues.create({
            title: this.#title,
            body: this.#compose(undefined),
            label: this.#label
        });
        const [winner] = await this.find();
        if (winner && winner.state === 'open' && winner.number < created.number) {
            await this.closeDuplicate(created, winner);
            return this.next(winner);
        }
        this.#options.log.info(`Opened issue #${created.number}: ${created.url}`);
        if (this.#verdict === 'drifted')
            return { action: 'opened', number: created.number, url: created.url };
        return this.#close(created);
    }
    /** The environment has an issue. */
    async next(issue) {
        const { issues } = this.#forge;
        const result = { number: issue.number, url: issue.url };
        const body = this.#compose(issue);
        if (issue.state === 'open') {
            await issues.update(issue.number, { body });
            if (this.#verdict === 'healed' || this.#verdict === 'in-sync')
                return this.#close(issue);
            this.#options.log.info(`Updated issue #${issue.number}: ${issue.url}`);
            return { action: 'updated', ...result };
        }
        if (this.#verdict === 'drifted') {
            await issues.update(issue.number, { body, state: 'open' });
            await issues.comment(issue.number, `Drift again: ${changesOf(this.#entry)} ${this.#run()}.`);
            this.#options.log.info(`Reopened issue #${issue.number}: ${issue.url}`);
            return { action: 'reopened', ...result };
        }
        // An edit of a closed issue notifies nobody: it only keeps the history complete.
        await issues.update(issue.number, { body });
        if (this.#verdict !== 'healed')
            return { action: 'none', ...result };
        await issues.comment(issue.number, `Drift was found and healed: ${changesOf(this.#entry)} ${this.#run()}.`);
        return { action: 'updated', ...result };
    }
    async closeDuplicate(issue, of) {
        await this.#forge.issues.comment(issue.number, `Duplicate of #${of.number}`);
        await this.#forge.issues.update(issue.number, { state: 'closed', reason: 'not_planned' });
        this.#options.log.info(`Closed issue #${issue.number}, a duplicate of #${of.number}`);
    }
    async #close(issue) {
        const why = this.#verdict === 'healed' ? `Healed: ${changesOf(this.#entry)} put back` : 'In sync again';
        await this.#forge.issues.comment(issue.number, `${why} ${this.#run()}.`);
        await this.#forge.issues.update(issue.number, { state: 'closed', reason: 'completed' });
        this.#options.log.info(`Closed issue #${issue.number}: ${issue.url}`);
        return { action: 'closed', number: issue.number, url: issue.url };
    }
    /** The issue's text after this run. Without findings of its own it keeps the last ones, so that they can be read up. */
    #compose(issue) {
        const before = issue ? parseBody(issue.body) : undefined;
        const found = this.#verdict === 'drifted' || this.#verdict === 'healed';
        const body = {
            environment: this.#report.environment,
            headline: this.#headline(),
            findings: found ? this.#options.body : (before?.findings ?? ''),
            history: addEntry(before?.history ?? historyIn(issue?.body ?? ''), this.#entry)
        };
        const file = this.#options.reportFile ? ` (file ${external_node_path_.basename(this.#options.reportFile)})` : '';
        const where = this.#report.run ? (0,markdown/* link */.nf)('the run', this.#report.run) : 'the run';
        return composeBody(body, `_Cut here: GitHub takes no longer text. The whole report is with ${where}${file}._`);
    }
    #headline() {
        const when = `${minute(this.#entry.at)} ${this.#run()}`;
        switch (this.#verdict) {
            case 'drifted':
                return `**Drifted** at ${when}: ${changesOf(this.#entry)}.${this.#unchecked()}`;
            case 'healed':
                return `**Healed** at ${when}: ${changesOf(this.#entry)} put back. This was found:`;
            case 'in-sync':
                return `**In sync** at ${when}. What follows is the last drift that was found.`;
            case 'unknown':
                return `**Could not be checked** at ${when}. What follows is from the last check that could.${this.#errors()}`;
        }
    }
    /** Of a check that found drift, what it does not know. */
    #unchecked() {
        const count = this.#report.targets.filter((target) => target.status === 'error' && !target.plan).length;
        return count === 0 ? '' : ` ${count} of ${this.#report.targets.length} targets could not be checked.`;
    }
    #errors() {
        const lines = this.#report.targets.flatMap(({ id, error }) => error ? [`- ${(0,markdown/* codeSpan */.SS)(id)}: ${(0,markdown/* escapeMarkdown */.FV)((0,markdown/* clip */.$Q)(error.message, LONGEST_ERROR))}`] : []);
        const more = lines.length > MOST_ERRORS ? [`- … ${lines.length - MOST_ERRORS} more, see the run`] : [];
        return lines.length === 0 ? '' : `\n\n${[...lines.slice(0, MOST_ERRORS), ...more].join('\n')}`;
    }
    #run() {
        return this.#report.run ? `(${(0,markdown/* link */.nf)('run', this.#report.run)})` : '(outside GitHub)';
    }
    get #title() {
        return `Drift in ${this.#report.environment}`.slice(0, 250);
    }
    get #label() {
        return this.#options.label ?? DRIFT_LABEL;
    }
}
function changesOf(entry) {
    return entry.changes === 1 ? '1 change' : `${entry.changes} changes`;
}


/***/ })

};
