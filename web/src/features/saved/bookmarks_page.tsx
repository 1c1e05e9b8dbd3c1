import { texts } from '~/texts/texts';
import { Note } from '~/ui/note';
import { Page } from '~/ui/page';
import { PostList } from '../entries/entry_list';
import { postSource } from '../entries/source';

export default function BookmarksPage() {
    const t = texts().saved.bookmarks;
    return (
        <Page title={t.title}>
            <PostList
                source={postSource('/api/v1/bookmarks')}
                label={t.title}
                empty={<Note icon="bookmark" title={t.emptyTitle} text={t.empty} />}
            />
        </Page>
    );
}
