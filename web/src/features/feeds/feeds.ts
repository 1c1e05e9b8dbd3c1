import { api, stream } from '~/api/api';
import type { Params } from '~/api/params';
import type { Topic } from '~/api/stream';
import type { Status } from '~/api/types';
import { makeListMemory, type ListMemory } from '~/list/layout';
import { ownId, sessionToken } from '~/session/session';
import { Feed } from '~/store/feed';
import { keepStatus, statuses } from '~/store/store';

/** A feed of posts with where one was in it. */
export interface PostFeed {
    feed: Feed<Status>;
    memory: ListMemory;
    topic: Topic;
}

const PAGE = 20;
const CATCH_UP_PAGE = 40;

function makeFeed(path: string, params: Params, topic: Topic): PostFeed {
    const feed = new Feed<Status>({
        newest: (sinceId) =>
            api.page<Status>(path, {
                ...params,
                sinceId,
                limit: sinceId === null ? PAGE : CATCH_UP_PAGE,
            }),
        older: (next) => api.page<Status>(next),
        keep: keepStatus,
    });
    return { feed, memory: makeListMemory(), topic };
}

/** Kept while the app runs: whoever comes back finds the feed as it was left. */
let feeds = new Map<string, PostFeed>();

/** The feed of a timeline of the API, made at its first use. */
export function postFeed(path: string, topic: Topic, params: Params = {}): PostFeed {
    const key = path + JSON.stringify(params);
    let known = feeds.get(key);
    if (known === undefined) {
        known = makeFeed(path, params, topic);
        feeds.set(key, known);
    }
    return known;
}

export const homeFeed = (): PostFeed => postFeed('/api/v1/timelines/home', { stream: 'user' });
export const localFeed = (): PostFeed =>
    postFeed('/api/v1/timelines/public', { stream: 'public:local' }, { local: true });
export const publicFeed = (): PostFeed =>
    postFeed('/api/v1/timelines/public', { stream: 'public' });

sessionToken.subscribe(() => {
    feeds = new Map();
});

/** Feeds the feed with what the stream tells, until the returned function is called. */
export function followLive({ feed, topic }: PostFeed): () => void {
    const leave = stream.listen(topic, {
        onEvent: (event) => {
            switch (event.event) {
                case 'update': {
                    const isOwn = event.status.account.id === ownId.peek();
                    if (isOwn) {
                        feed.insert(event.status);
                    } else {
                        feed.arrive(event.status);
                    }
                    break;
                }
                case 'status.update':
                    keepStatus(event.status);
                    break;
                case 'delete':
                    statuses.remove(event.id);
                    feed.remove(event.id);
                    break;
                default:
                    break;
            }
        },
        onReopened: () => void feed.catchUp(),
    });
    const onVisible = (): void => {
        if (!document.hidden) {
            void feed.catchUp();
        }
    };
    document.addEventListener('visibilitychange', onVisible);
    return () => {
        leave();
        document.removeEventListener('visibilitychange', onVisible);
    };
}
