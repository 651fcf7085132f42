export const id = 928;
export const ids = [928];
export const modules = {

/***/ 4547:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openUploads: () => (/* binding */ openUploads)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8265);
/* harmony import */ var _aws_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(56);


let opened;
/** The bucket through which large templates go, with the same credentials as the stack. */
function openUploads(region) {
    if (opened?.region !== region)
        opened = { region, uploads: uploadsIn(region) };
    return opened.uploads;
}
function uploadsIn(region) {
    const client = new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_1__/* .S3Client */ .YxF({ region, followRegionRedirects: true });
    return {
        async put({ bucket, key, body }) {
            const url = `https://s3.${region}.${suffixOf(region)}/${bucket}/${key}`;
            try {
                const command = new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_1__/* .PutObjectCommand */ .wKZ({
                    Bucket: bucket,
                    Key: key,
                    Body: body,
                    ContentType: 'text/plain',
                    IfNoneMatch: '*'
                });
                await client.send(command);
                return { url, made: true };
            }
            catch (error) {
                const failure = (0,_aws_error_js__WEBPACK_IMPORTED_MODULE_0__/* .awsError */ .es)('PutObject', error);
                // The name is a hash of the content: what is there already is the same.
                if (failure.status === 412 || failure.status === 409)
                    return { url, made: false };
                throw new _aws_error_js__WEBPACK_IMPORTED_MODULE_0__/* .AwsError */ .Gy('PutObject', failure.code, `${failure.message} (bucket ${bucket})`, failure.status, error);
            }
        },
        async remove({ bucket, key }) {
            try {
                await client.send(new _aws_sdk_client_s3__WEBPACK_IMPORTED_MODULE_1__/* .DeleteObjectCommand */ .k4j({ Bucket: bucket, Key: key }));
            }
            catch (error) {
                throw (0,_aws_error_js__WEBPACK_IMPORTED_MODULE_0__/* .awsError */ .es)('DeleteObject', error);
            }
        }
    };
}
function suffixOf(region) {
    return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}


/***/ })

};
