import { goBack, type PageProps } from '~/router/router';
import { session } from '~/session/session';
import { texts } from '~/texts/texts';
import { Moment } from '~/time/moment';
import { Page } from '~/ui/page';
import { Answered } from './answered';
import { Composer } from './composer';
import styles from './composer.module.css';
import { contextKey, contextOf, contextOfQuery, contextPath } from './draft';
import { Drafts, type KeptDraft } from './drafts';

export default function ComposePage({ query }: PageProps) {
    const context = contextOfQuery(query);
    const key = contextKey(context);
    return (
        <Page title={texts().compose[context.kind]} hasBack>
            <div class={styles.page}>
                {context.kind === 'reply' && <Answered id={context.to} />}
                <Composer key={key} context={context} onDone={() => goBack()} />
                <OtherDrafts here={key} />
            </div>
        </Page>
    );
}

/** What one began to write elsewhere. */
function OtherDrafts({ here }: { here: string }) {
    const t = texts().compose;
    const account = session.value?.account.id ?? '';
    const others = new Drafts(localStorage, account).all().filter(({ key }) => key !== here);
    if (others.length === 0) {
        return null;
    }
    return (
        <section class={styles.drafts}>
            <h2 class={styles.draftsTitle}>{t.drafts}</h2>
            {others.map((kept) => (
                <DraftLink key={kept.key} kept={kept} />
            ))}
        </section>
    );
}

function DraftLink({ kept }: { kept: KeptDraft }) {
    const t = texts().compose;
    const context = contextOf(kept.key);
    if (context === null) {
        return null;
    }
    return (
        <a class={styles.draft} href={contextPath(context)}>
            <span class={styles.draftText} dir="auto">
                {kept.draft.text || kept.draft.spoilerText}
            </span>
            <span class={styles.draftFacts}>
                {t.draftKinds[context.kind]} ·{' '}
                <Moment at={new Date(kept.savedAtMs).toISOString()} />
            </span>
        </a>
    );
}
