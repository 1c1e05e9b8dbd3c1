import { useEffect } from 'preact/hooks';
import { site } from '~/app/site';
import { Mark } from '~/app/mark';
import { FeedView } from '~/features/feeds/feed_view';
import { publicFeed } from '~/features/feeds/feeds';
import { navigate } from '~/router/router';
import { ownId } from '~/session/session';
import { signIn, signUp } from '~/session/sign_in';
import { texts } from '~/texts/texts';
import { Button } from '~/ui/button';
import { Note } from '~/ui/note';
import { useTitle } from '~/ui/page';
import styles from './landing_page.module.css';

export function ask(): void {
    if (ownId.peek() === null) {
        void publicFeed().feed.start();
    }
}

/** What a visitor sees first; whoever is signed in goes home. */
export default function LandingPage() {
    const isMember = ownId.value !== null;
    useEffect(() => {
        if (isMember) {
            navigate('/home', { replace: true });
        }
    }, [isMember]);
    return isMember ? null : <Landing />;
}

function Landing() {
    const t = texts();
    useTitle('');
    const about = site.value;
    const isOpen = about?.registrations.enabled !== false;
    return (
        <>
            <section class={styles.hero}>
                <Mark size={56} />
                <h1 class={styles.title}>{about?.title ?? t.app.name}</h1>
                <p class={styles.text}>{about?.description ?? ''}</p>
                <div class={styles.doors}>
                    {isOpen && <Button onClick={() => void signUp()}>{t.landing.join}</Button>}
                    <Button kind="quiet" onClick={() => void signIn()}>
                        {t.landing.signIn}
                    </Button>
                </div>
                <p class={styles.facts}>
                    {!isOpen && `${t.landing.closed} `}
                    {t.landing.anyApp}
                </p>
            </section>
            <h2 class={styles.newest}>{t.landing.newest}</h2>
            <FeedView
                source={publicFeed()}
                label={t.landing.newest}
                empty={
                    <Note
                        icon="globe"
                        title={t.feeds.emptyPublicTitle}
                        text={t.feeds.emptyPublic}
                    />
                }
            />
        </>
    );
}
