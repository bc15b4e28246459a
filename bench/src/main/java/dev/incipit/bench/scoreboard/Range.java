package dev.incipit.bench.scoreboard;

import dev.incipit.bench.Figure;
import java.util.List;

/**
 * A figure of some rounds.
 *
 * @param median the middle of the rounds
 * @param spread half their range, in percent of it
 */
record Range(double median, double spread) {

  static Range of(List<Double> rounds) {
    return new Range(Figure.median(rounds), Figure.spread(rounds));
  }
}
