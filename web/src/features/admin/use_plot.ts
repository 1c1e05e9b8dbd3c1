import { useEffect, useState } from 'preact/hooks';
import type { ComponentType } from 'preact';
import type { PlotProps } from './plot';

/** The library of plots comes when it is needed; until then there are the numbers. */
export function usePlot(): ComponentType<PlotProps> | null {
    const [Plot, setPlot] = useState<ComponentType<PlotProps> | null>(null);
    useEffect(() => {
        void import('./plot').then(
            (module) => setPlot(() => module.default),
            () => undefined,
        );
    }, []);
    return Plot;
}
