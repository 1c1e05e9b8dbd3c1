import type { Status } from '~/api/types';
import { matchRoute } from '~/router/router';
import { ownId } from '~/session/session';
import { formats, texts } from '~/texts/texts';
import { classes } from '~/ui/classes';
import { Icon, type IconName } from '~/ui/icon';
import { mayBoost, type Mark } from './mark_rules';
import { toggleMark } from './marks';
import { startReply } from './reply';
import styles from './status_actions.module.css';
import { StatusMenu } from './status_menu';

interface ActionProps {
    icon: IconName;
    label: string;
    count?: number;
    onClick: () => void;
    mark?: Mark;
    isOn?: boolean;
    isDisabled?: boolean;
}

function Action({ icon, label, count = 0, onClick, mark, isOn, isDisabled = false }: ActionProps) {
    const shown = count === 0 ? '' : formats().compact(count);
    return (
        <button
            type="button"
            class={classes(
                styles.action,
                mark !== undefined && styles[mark],
                isOn === true && styles.on,
            )}
            title={label}
            aria-label={shown === '' ? label : texts().post.withCount(label, shown)}
            aria-pressed={isOn}
            disabled={isDisabled}
            onClick={onClick}
        >
            <span class={styles.sign}>
                <Icon name={icon} size={20} solid={isOn === true && icon !== 'boost'} />
            </span>
            {shown}
        </button>
    );
}

/** Answer, boost, favourite, bookmark, and the menu of everything else. */
export function StatusActions({ status }: { status: Status }) {
    const t = texts().post;
    const { id } = status;
    const canBoost = mayBoost(status, ownId.value);
    const canReply = matchRoute('/compose') !== null;
    return (
        <div class={styles.actions} role="group" aria-label={t.actions}>
            {canReply && (
                <Action
                    icon="reply"
                    label={t.reply}
                    count={status.repliesCount}
                    onClick={() => startReply(id)}
                />
            )}
            <Action
                icon="boost"
                label={canBoost ? t.boost : t.cannotBoost}
                count={status.reblogsCount}
                mark="reblogged"
                isOn={status.reblogged ?? false}
                isDisabled={!canBoost}
                onClick={() => void toggleMark(id, 'reblogged')}
            />
            <Action
                icon="heart"
                label={t.favourite}
                count={status.favouritesCount}
                mark="favourited"
                isOn={status.favourited ?? false}
                onClick={() => void toggleMark(id, 'favourited')}
            />
            <Action
                icon="bookmark"
                label={t.bookmark}
                mark="bookmarked"
                isOn={status.bookmarked ?? false}
                onClick={() => void toggleMark(id, 'bookmarked')}
            />
            <StatusMenu status={status} />
        </div>
    );
}
