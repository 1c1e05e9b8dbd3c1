import { texts } from '~/texts/texts';
import { Note } from '~/ui/note';
import { Page } from '~/ui/page';
import { FeedView } from './feed_view';
import { publicFeed } from './feeds';

export function ask(): void {
    void publicFeed().feed.start();
}

export default function PublicPage() {
    const t = texts().feeds;
    return (
        <Page title={t.public}>
            <FeedView
                source={publicFeed()}
                label={t.public}
                empty={<Note icon="globe" title={t.emptyPublicTitle} text={t.emptyPublic} />}
            />
        </Page>
    );
}
