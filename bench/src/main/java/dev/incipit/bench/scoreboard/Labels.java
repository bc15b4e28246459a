package dev.incipit.bench.scoreboard;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Writes labels beside points so that none covers another, a point, or the edge. */
final class Labels {

  private static final int GAP = 7;

  private final Graphics2D graphics;
  private final Rectangle2D area;
  private final List<Rectangle2D> taken = new ArrayList<>();
  private final List<Rectangle2D> lines = new ArrayList<>();

  /**
   * Begin.
   *
   * @param graphics where to write, with the font of the labels
   * @param area where labels may stand
   */
  Labels(Graphics2D graphics, Rectangle2D area) {
    this.graphics = graphics;
    this.area = area;
  }

  /** Keep a point free. */
  void keepFree(double x, double y, double radius) {
    taken.add(new Rectangle2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
  }

  /** Keep a piece of a line free, as long as there is room elsewhere. */
  void keepClear(double x, double y) {
    lines.add(new Rectangle2D.Double(x - 1, y - 1, 2, 2));
  }

  /** Write a label at the first free place around a point, and return whether there was one. */
  boolean place(String text, double x, double y, Color colour) {
    double width = graphics.getFontMetrics().stringWidth(text);
    double height = graphics.getFontMetrics().getAscent();
    double[][] places = {
      {x + GAP, y - height / 2},
      {x - GAP - width, y - height / 2},
      {x - width / 2, y - GAP - height},
      {x - width / 2, y + GAP},
      {x + GAP, y - GAP - height},
      {x + GAP, y + GAP},
      {x - GAP - width, y - GAP - height},
      {x - GAP - width, y + GAP},
      {x + GAP, y + GAP + height},
      {x - GAP - width, y + GAP + height}
    };
    for (boolean acrossLines : new boolean[] {false, true}) {
      for (double[] place : places) {
        Rectangle2D box = new Rectangle2D.Double(place[0], place[1], width, height);
        if (isFree(box, acrossLines)) {
          taken.add(box);
          graphics.setColor(colour);
          graphics.drawString(text, (float) place[0], (float) (place[1] + height));
          return true;
        }
      }
    }
    return false;
  }

  private boolean isFree(Rectangle2D box, boolean acrossLines) {
    return area.contains(box)
        && taken.stream().noneMatch(box::intersects)
        && (acrossLines || lines.stream().noneMatch(box::intersects));
  }
}
