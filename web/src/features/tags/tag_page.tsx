import { useEffect } from 'preact/hooks';
import { api } from '~/api/api';
import type { Tag } from '~/api/types';
import type { PageProps } from '~/router/router';
import { texts } from '~/texts/texts';
import { Note } from '~/ui/note';
import { Page } from '~/ui/page';
import { FeedView } from '../feeds/feed_view';
import { postFeed } from '../feeds/feeds';
import { keepTag } from './follow_tag';
import { TagButton } from './tag_button';

export default function TagPage({ params }: PageProps) {
    const t = texts().tags;
    const name = params.tag ?? '';
    useEffect(() => {
        void api.get<Tag>(`/api/v1/tags/${encodeURIComponent(name)}`).then((answer) => {
            if (answer.ok) {
                keepTag(answer.value);
            }
        });
    }, [name]);
    const path = `/api/v1/timelines/tag/${encodeURIComponent(name)}`;
    return (
        <Page title={`#${name}`} hasBack actions={<TagButton name={name} />}>
            <FeedView
                source={postFeed(path, { stream: 'hashtag', tag: name })}
                label={`#${name}`}
                empty={<Note icon="search" title={t.emptyTitle} text={t.empty(name)} />}
            />
        </Page>
    );
}
