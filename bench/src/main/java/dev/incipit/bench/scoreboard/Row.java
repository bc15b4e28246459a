package dev.incipit.bench.scoreboard;

import dev.incipit.bench.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A line of the scoreboard: one subject and, where there is one, one peer.
 *
 * @param subject what was measured
 * @param value ours, in the unit of the subject's table
 * @param limit what the machine allows, in the same unit
 * @param ofLimit the share of it that we reach
 * @param bytes allocated by a call of ours
 * @param peer who did the same, or null
 * @param peerValue the peer's
 * @param peerRatio the peer's time over ours: above 1 we lead
 * @param note why the peer has no figure
 */
record Row(
    Subject subject,
    Range value,
    @Nullable Range limit,
    @Nullable Range ofLimit,
    double bytes,
    @Nullable Peer peer,
    @Nullable Range peerValue,
    @Nullable Range peerRatio,
    @Nullable String note) {

  /** What the names of notes on missing figures begin with. */
  static final String NO_FIGURE = "no figure of ";

  /**
   * Lay out what was measured.
   *
   * @param subjects what may have been; what was not is left out
   * @param figures what the rounds found
   * @param notes why a peer has no figure, by {@link #key}
   */
  static List<Row> of(List<Subject> subjects, List<Figure> figures, Map<String, String> notes) {
    List<Row> rows = new ArrayList<>();
    for (Subject subject : subjects) {
      Optional<Figure> ours = subject.ours(figures);
      if (ours.isEmpty()) {
        continue;
      }
      Row alone = alone(subject, ours.get(), figures);
      List<Row> beside = new ArrayList<>();
      for (Peer peer : subject.peers()) {
        String note = notes.get(key(peer, subject));
        subject
            .of(peer, figures)
            .map(theirs -> alone.with(peer, ours.get(), theirs))
            .or(() -> Optional.ofNullable(note).map(why -> alone.without(peer, why)))
            .ifPresent(beside::add);
      }
      rows.addAll(beside.isEmpty() ? List.of(alone) : beside);
    }
    return rows;
  }

  /** Return under which name a note on a missing figure is kept. */
  static String key(Peer peer, Subject subject) {
    return NO_FIGURE + peer.title() + " for " + subject.title();
  }

  private static Row alone(Subject subject, Figure ours, List<Figure> figures) {
    List<Double> values = subject.table().values(ours);
    List<Double> shares = subject.table().shares(ours, figures);
    if (shares.isEmpty()) {
      return new Row(subject, Range.of(values), null, null, ours.bytes(), null, null, null, null);
    }
    boolean rate = subject.table().unit().isRate();
    List<Double> limits =
        IntStream.range(0, shares.size())
            .mapToObj(i -> rate ? values.get(i) / shares.get(i) : values.get(i) * shares.get(i))
            .toList();
    return new Row(
        subject,
        Range.of(values),
        Range.of(limits),
        Range.of(shares),
        ours.bytes(),
        null,
        null,
        null,
        null);
  }

  private Row with(Peer peer, Figure ours, Figure theirs) {
    Range theirValue = Range.of(subject.table().values(theirs));
    Range ratio = Range.of(Figure.ratios(theirs.nanos(), ours.nanos()));
    return new Row(subject, value, limit, ofLimit, bytes, peer, theirValue, ratio, null);
  }

  private Row without(Peer peer, String why) {
    return new Row(subject, value, limit, ofLimit, bytes, peer, null, null, why);
  }
}
