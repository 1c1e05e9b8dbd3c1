// Drives the server through the npm library `masto`, for test_client_masto.py:
//   node main_road.mjs register URL            -> {"clientId", "clientSecret", "authorizeUrl"}
//   node main_road.mjs road URL TOKEN_A TOKEN_B -> "done", or an error that says what was not so
import assert from 'node:assert/strict';
import { createOAuthAPIClient, createRestAPIClient, createStreamingAPIClient } from 'masto';

const OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob';
const SCOPES = 'read write follow push';

async function register(url) {
    const client = createRestAPIClient({ url });
    const app = await client.v1.apps.create({
        clientName: 'A JavaScript client',
        redirectUris: OUT_OF_BAND,
        scopes: SCOPES,
    });
    const query = new URLSearchParams({
        response_type: 'code',
        client_id: app.clientId,
        redirect_uri: OUT_OF_BAND,
        scope: SCOPES,
    });
    console.log(JSON.stringify({ ...app, authorizeUrl: `${url}/oauth/authorize?${query}` }));
}

async function redeem(url, clientId, clientSecret, code) {
    const oauth = createOAuthAPIClient({ url });
    const token = await oauth.token.create({
        clientId,
        clientSecret,
        redirectUri: OUT_OF_BAND,
        grantType: 'authorization_code',
        code,
        scope: SCOPES,
    });
    console.log(token.accessToken);
}

async function collect(paginator) {
    const ids = [];
    for await (const page of paginator) {
        ids.push(...page.map((post) => post.id));
    }
    return ids;
}

async function write(ada, bob) {
    const bobs = await bob.v1.accounts.verifyCredentials();
    const relation = await ada.v1.accounts.$select(bobs.id).follow();
    assert.equal(relation.following, true);
    const post = await bob.v1.statuses.create({ status: 'Hello #world', visibility: 'public' });
    assert.equal(post.tags[0].name, 'world');
    const reply = await ada.v1.statuses.create({ status: '@bob hello', inReplyToId: post.id });
    assert.equal(reply.inReplyToId, post.id);
    const boost = await ada.v1.statuses.$select(post.id).reblog();
    assert.equal(boost.reblog.id, post.id);
    const liked = await ada.v1.statuses.$select(post.id).favourite();
    assert.equal(liked.favourited, true);
    const context = await bob.v1.statuses.$select(post.id).context.fetch();
    assert.deepEqual(context.descendants.map((below) => below.id), [reply.id]);
    const edited = await bob.v1.statuses.$select(post.id).update({ status: 'Hello again' });
    assert.match(edited.content, /again/);
}

/** What is posted is found a moment later. */
async function comesTrue(condition) {
    const deadline = Date.now() + 20_000;
    while (!(await condition())) {
        assert.ok(Date.now() < deadline, 'it did not come in time');
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}

async function read(ada, bob) {
    const made = [];
    for (let number = 0; number < 30; ++number) {
        const post = await bob.v1.statuses.create({ status: `number ${number}` });
        made.unshift(post.id);
    }
    const home = await collect(ada.v1.timelines.home.list({ limit: 7 }));
    assert.deepEqual(home.slice(0, 30), made);
    assert.equal(new Set(home).size, home.length);
    const profile = await ada.v1.accounts.lookup({ acct: 'bob' });
    const posts = await ada.v1.accounts.$select(profile.id).statuses.list({ limit: 40 });
    assert.equal(posts.length, 31);
    const found = await ada.v2.search.list({ q: 'bob', type: 'accounts' });
    assert.equal(found.accounts[0].username, 'bob');
    const findsPost = async () => {
        const posts = await ada.v2.search.list({ q: '"number 17"', type: 'statuses' });
        return posts.statuses.length === 1 && posts.statuses[0].id === made[12];
    };
    await comesTrue(findsPost);
    const instance = await ada.v2.instance.fetch();
    assert.ok(instance.configuration.urls.streaming.startsWith('ws'));
    return instance.configuration.urls.streaming;
}

async function stream(streamingApiUrl, accessToken, bob) {
    const streaming = createStreamingAPIClient({ streamingApiUrl, accessToken });
    const subscription = streaming.user.subscribe();
    const heard = (async () => {
        for await (const event of subscription) {
            if (event.event === 'update' && event.payload.content.includes('live')) {
                return event;
            }
        }
    })();
    const timer = setInterval(() => bob.v1.statuses.create({ status: 'live' }), 300);
    const event = await heard;
    clearInterval(timer);
    assert.equal(event.payload.account.username, 'bob');
    streaming.close();
}

async function road(url, adasToken, bobsToken) {
    const ada = createRestAPIClient({ url, accessToken: adasToken });
    const bob = createRestAPIClient({ url, accessToken: bobsToken });
    await write(ada, bob);
    const streamingUrl = await read(ada, bob);
    await stream(streamingUrl, adasToken, bob);
    await assert.rejects(ada.v1.statuses.$select('1').fetch(), { statusCode: 404 });
    console.log('done');
    process.exit(0);
}

const [command, ...rest] = process.argv.slice(2);
await { register, redeem, road }[command](...rest);
