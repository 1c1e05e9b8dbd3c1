import { OrderLinks } from '~/ui/order_links';
import { texts } from '~/texts/texts';
import type { DirectoryOrder } from './directory';
import styles from './explore.module.css';

const ORDERS: readonly DirectoryOrder[] = ['active', 'new'];

/** In which order the directory stands. */
export function Orders({ order }: { order: DirectoryOrder }) {
    const t = texts().explore;
    return (
        <div class={styles.orders}>
            <OrderLinks
                label={t.order}
                orders={ORDERS.map((one) => ({
                    href: `/explore?tab=${one}`,
                    label: t.orders[one],
                    isCurrent: one === order,
                }))}
            />
        </div>
    );
}
