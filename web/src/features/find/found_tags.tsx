import type { ComponentChildren } from 'preact';
import type { Tag } from '~/api/types';
import { Pages, keptPages } from '../entries/pages';
import { PagesView } from '../entries/pages_view';
import { TagRows } from '../tags/tag_rows';
import { keepTag } from '../tags/follow_tag';
import { searchList } from './search_lists';

const PAGE = 20;

/** The hashtags that these words find. */
export function foundTags(words: string): Pages<Tag> {
    return keptPages(`found tags: ${words}`, () => {
        const ask = async (offset: number, limit: number) => {
            const answer = await searchList('hashtags', { q: words, offset, limit });
            if (answer.ok) {
                answer.value.forEach(keepTag);
            }
            return answer;
        };
        return new Pages<Tag>(PAGE, ask, ({ name }) => name);
    });
}

export function FoundTags({ words, empty }: { words: string; empty: ComponentChildren }) {
    return (
        <PagesView pages={foundTags(words)} empty={empty}>
            {(tags) => <TagRows tags={tags} />}
        </PagesView>
    );
}
