import { init } from 'echarts';
import type { Figure, Frame } from '../outline/outline';

const widths = { half: 528, full: 1080, narrow: 350 };

/** A figure as two SVG texts, for wide pages and for phones, so that its letters keep their size. */
export function drawFigure(figure: Figure): { wide: string; narrow: string } {
  return {
    wide: draw(figure, widths[figure.span], false),
    narrow: draw(figure, widths.narrow, true),
  };
}

function draw(figure: Figure, width: number, narrow: boolean): string {
  const frame: Frame = { width, narrow, height: figure.heightOf({ width, narrow }) };
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: frame.width, height: frame.height });
  try {
    chart.setOption(figure.draw(frame));
    return withoutHoverRules(chart.renderToSVGString({ useViewBox: true }));
  } finally {
    chart.dispose();
  }
}

/** Nothing reacts to a pointer here, and rules of one SVG in a page would apply to all of them. */
function withoutHoverRules(svg: string): string {
  return svg.replace(/<style[^]*?<\/style>/g, '').replace(/ (?:class="zr\d+-cls-\d+"|ecmeta_\w+="[^"]*")/g, '');
}
