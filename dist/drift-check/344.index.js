export const id = 344;
export const ids = [344];
export const modules = {

/***/ 344:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   connect: () => (/* binding */ connect)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_cloudformation__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1123);
/* harmony import */ var _aws_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(56);


/** Throttling is common with CloudFormation: its quota is one for the whole account. */
const ATTEMPTS = 8;
/**
 * CloudFormation as the SDK reaches it: credentials, region and endpoint from where the AWS tools take them.
 * @throws AwsError when there is no region
 */
async function connect(place) {
    const client = new _aws_sdk_client_cloudformation__WEBPACK_IMPORTED_MODULE_1__/* .CloudFormationClient */ .m1N({
        maxAttempts: ATTEMPTS,
        retryMode: 'adaptive',
        ...(place.region === undefined ? {} : { region: place.region })
    });
    const region = await call('the configuration', () => client.config.region());
    // What cleans up must reach AWS when the run is cancelled, so only what looks and waits is cut off.
    const looking = place.signal ? { abortSignal: place.signal } : {};
    return {
        region,
        describeStack: (stack) => unlessMissing(async () => {
            const answer = await call('DescribeStacks', () => client.send(new _aws_sdk_client_cloudformation__WEBPACK_IMPORTED_MODULE_1__/* .DescribeStacksCommand */ .Y47({ StackName: stack }), looking));
            return answer.Stacks?.[0];
        }),
        template: (stack) => unlessMissing(async () => {
            const answer = await call('GetTemplate', () => client.send(new _aws_sdk_client_cloudformation__WEBPACK_IMPORTED_MODULE_1__/* .GetTemplateCommand */ ._JK({ StackName: stack, TemplateStage: 'Original' }), looking));
            return answer.TemplateBody === '' ? undefined : answer.TemplateBody;
        }),
        resources: (stack) => pages(async (token) => {
            const answer = await call('ListStackResources', () => client.send(new _aws_sdk_client_cloudformation__WEBPACK_IMPORTED_MODULE_1__/* .ListStackResourcesCommand */ .XnL({ StackName: stack, ...token }), looking));
            return [answer.StackResourceSummaries ?? [], answer.NextToken];
        }),
        async events(stack, until) {
            const events = [];
            let next;
            do {
                const token = next === undefined ? {} : { NextToken: next };
                const answer = await call('DescribeStackEvents', () => client.send(new _aws_sdk_client_cloudformation__WEBPACK_IMPORTED_MODULE_1__/* .DescribeStackEventsCommand */ .Ie9({ StackName: stack, ...token }), looking));
                for (const event of answer.StackEvents ?? []) {
                    if (until !== undefined && event.EventId === until)
                        return events;
                    events.push(event);
                }
                next = answer.NextToken;
            } while (next !== undefined && next !== '');
            return events;
        },
        async validateTemplate(template) {
            const given = 'body' in template ? { TemplateBody: template.body } : { TemplateURL: template.url };
            await call('ValidateTemplate', () => client.send(new _aws_sdk_client_cloudformation__WEBPACK_IMPORTED_MODULE_1__/* .ValidateTemplateCommand */ .OVh(given), looking));
        },
        async createChangeSet(input) {
            const answer = await call('CreateChangeSet', () => client.send(new _aws_sdk_client_cloudformation__WEBPACK_IMPORTED_MODULE_1__/* .CreateChangeSetCommand */ .YDU(input)));
            return { id: answer.Id ?? '', stackId: answer.StackId ?? '' };
        },
        async describeChangeSet(id) {
            let whole;
            let next;
            do {
                const token = next === undefined ? {} : { NextToken: next };
                const answer = await unlessMissing(() => call('DescribeChangeSet', () => client.send(new _aws_sdk_client_cloudformation__WEBPACK_IMPORTED_MODULE_1__/* .DescribeChangeSetCommand */ .TTT({ ChangeSetName: id, IncludePropertyValues: true, ...token }), looking)));
                if (!answer)
                    return undefined;
                whole = { ...answer, Changes: [...(whole?.Changes ?? []), ...(answer.Changes ?? [])] };
                next = answer.NextToken;
            } while (next !== undefined && next !== '');
            return whole;
        },
        changeSetProblems: (id) => pages(async (token) => {
            const answer = await call('DescribeEvents', () => client.send(new _aws_sdk_client_cloudformation__WEBPACK_IMPORTED_MODULE_1__/* .DescribeEventsCommand */ .w6x({ ChangeSetName: id, Filters: { FailedEvents: true }, ...token })));
            return [answer.OperationEvents ?? [], answer.NextToken];
        }),
        listChangeSets: (stack) => pages(async (token) => {
            const answer = await call('ListChangeSets', () => client.send(new _aws_sdk_client_cloudformation__WEBPACK_IMPORTED_MODULE_1__/* .ListChangeSetsCommand */ .NK4({ StackName: stack, ...token })));
            return [answer.Summaries ?? [], answer.NextToken];
        }),
        async executeChangeSet({ id, token, disableRollback }) {
            await call('ExecuteChangeSet', () => client.send(new _aws_sdk_client_cloudformation__WEBPACK_IMPORTED_MODULE_1__/* .ExecuteChangeSetCommand */ .PB_({
                ChangeSetName: id,
                ClientRequestToken: token,
                ...(disableRollback === undefined ? {} : { DisableRollback: disableRollback })
            })));
        },
        async deleteChangeSet(id) {
            await unlessMissing(() => call('DeleteChangeSet', () => client.send(new _aws_sdk_client_cloudformation__WEBPACK_IMPORTED_MODULE_1__/* .DeleteChangeSetCommand */ .$GE({ ChangeSetName: id }))));
        },
        async deleteStack(stackId) {
            await call('DeleteStack', () => client.send(new _aws_sdk_client_cloudformation__WEBPACK_IMPORTED_MODULE_1__/* .DeleteStackCommand */ .fAr({ StackName: stackId })));
        },
        stackPolicy: (stack) => unlessMissing(async () => {
            const answer = await call('GetStackPolicy', () => client.send(new _aws_sdk_client_cloudformation__WEBPACK_IMPORTED_MODULE_1__/* .GetStackPolicyCommand */ .Mhr({ StackName: stack }), looking));
            return answer.StackPolicyBody === '' ? undefined : answer.StackPolicyBody;
        }),
        async setStackPolicy(stack, body) {
            await call('SetStackPolicy', () => client.send(new _aws_sdk_client_cloudformation__WEBPACK_IMPORTED_MODULE_1__/* .SetStackPolicyCommand */ .kpO({ StackName: stack, StackPolicyBody: body })));
        },
        async setTerminationProtection(stack, on) {
            await call('UpdateTerminationProtection', () => client.send(new _aws_sdk_client_cloudformation__WEBPACK_IMPORTED_MODULE_1__/* .UpdateTerminationProtectionCommand */ .mP2({ StackName: stack, EnableTerminationProtection: on })));
        },
        async detectDrift(stack) {
            const answer = await call('DetectStackDrift', () => client.send(new _aws_sdk_client_cloudformation__WEBPACK_IMPORTED_MODULE_1__/* .DetectStackDriftCommand */ ._9b({ StackName: stack }), looking));
            return answer.StackDriftDetectionId ?? '';
        },
        driftDetection: (id) => call('DescribeStackDriftDetectionStatus', () => client.send(new _aws_sdk_client_cloudformation__WEBPACK_IMPORTED_MODULE_1__/* .DescribeStackDriftDetectionStatusCommand */ .Hb8({ StackDriftDetectionId: id }), looking)),
        resourceDrifts: (stack) => pages(async (token) => {
            const answer = await call('DescribeStackResourceDrifts', () => client.send(new _aws_sdk_client_cloudformation__WEBPACK_IMPORTED_MODULE_1__/* .DescribeStackResourceDriftsCommand */ .Bkw({ StackName: stack, MaxResults: 100, ...token }), looking));
            return [answer.StackResourceDrifts ?? [], answer.NextToken];
        }),
        async upload(object) {
            const { openUploads } = await Promise.all(/* import() */[__webpack_require__.e(265), __webpack_require__.e(928)]).then(__webpack_require__.bind(__webpack_require__, 4547));
            return (await openUploads(region)).put(object);
        },
        async removeUpload(object) {
            const { openUploads } = await Promise.all(/* import() */[__webpack_require__.e(265), __webpack_require__.e(928)]).then(__webpack_require__.bind(__webpack_require__, 4547));
            await (await openUploads(region)).remove(object);
        }
    };
}
async function call(operation, send) {
    try {
        return await send();
    }
    catch (error) {
        throw (0,_aws_error_js__WEBPACK_IMPORTED_MODULE_0__/* .awsError */ .es)(operation, error);
    }
}
async function unlessMissing(work) {
    try {
        return await work();
    }
    catch (error) {
        const failure = (0,_aws_error_js__WEBPACK_IMPORTED_MODULE_0__/* .awsError */ .es)('', error);
        if ((0,_aws_error_js__WEBPACK_IMPORTED_MODULE_0__/* .isMissingStack */ .fH)(failure) || /^ChangeSetNotFound/.test(failure.code))
            return undefined;
        throw error;
    }
}
async function pages(page) {
    const all = [];
    let next;
    do {
        const [items, following] = await page(next === undefined ? {} : { NextToken: next });
        all.push(...items);
        next = following === '' ? undefined : following;
    } while (next !== undefined);
    return all;
}


/***/ })

};
