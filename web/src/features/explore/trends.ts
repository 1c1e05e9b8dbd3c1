import type { mastodon } from 'masto';
import { api } from '~/api/api';
import type { Outcome } from '~/api/failure';
import type { Status, Tag } from '~/api/types';
import { keptPages, Pages } from '../entries/pages';
import { byOffset, keptSource, postSourceOf, type Source } from '../entries/source';
import { keepTag } from '../tags/follow_tag';

export type TrendLink = mastodon.v1.TrendLink;

const PAGE = 20;

/** Hashtags that many people use at the moment. */
export function trendingTags(): Pages<Tag> {
    return keptPages('trending tags', () => {
        const ask = async (offset: number, limit: number): Promise<Outcome<Tag[]>> => {
            const answer = await api.get<Tag[]>('/api/v1/trends/tags', { limit, offset });
            if (answer.ok) {
                answer.value.forEach(keepTag);
            }
            return answer;
        };
        return new Pages<Tag>(PAGE, ask, ({ name }) => name);
    });
}

/** Links that many people share at the moment. */
export function trendingLinks(): Pages<TrendLink> {
    return keptPages('trending links', () => {
        const ask = (offset: number, limit: number) =>
            api.get<TrendLink[]>('/api/v1/trends/links', { limit, offset });
        return new Pages<TrendLink>(PAGE, ask, ({ url }) => url);
    });
}

/** Posts that many people react to at the moment. */
export function trendingPosts(): Source<Status> {
    return keptSource('trending posts', () =>
        postSourceOf(
            ...byOffset(PAGE, (paging) => api.get<Status[]>('/api/v1/trends/statuses', paging)),
        ),
    );
}
