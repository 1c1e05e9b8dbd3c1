import { texts } from '~/texts/texts';
import { Note } from '~/ui/note';
import { Page } from '~/ui/page';
import { PostList } from '../entries/entry_list';
import { postSource } from '../entries/source';

export default function FavouritesPage() {
    const t = texts().saved.favourites;
    return (
        <Page title={t.title}>
            <PostList
                source={postSource('/api/v1/favourites')}
                label={t.title}
                empty={<Note icon="heart" title={t.emptyTitle} text={t.empty} />}
            />
        </Page>
    );
}
