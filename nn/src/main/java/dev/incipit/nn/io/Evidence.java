package dev.incipit.nn.io;

import dev.incipit.core.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the matrices of one file say of its layout. */
final class Evidence {

  private final Refusal refusal;
  private Optional<String> ours = Optional.empty();
  private Optional<String> pytorch = Optional.empty();
  private Optional<String> square = Optional.empty();

  Evidence(Refusal refusal) {
    this.refusal = refusal;
  }

  /** Hear of a stored tensor and the shape of the parameter that it is for. */
  void add(String name, List<Long> stored, Shape parameter) {
    // One number is the same in every layout.
    if (parameter.rank() != 2 || parameter.size() == 1) {
      return;
    }
    boolean asOurs = Layout.OURS.fits(stored, parameter);
    boolean asPytorch = Layout.PYTORCH.fits(stored, parameter);
    Optional<String> text = Optional.of(Refusal.quote(name) + " " + stored);
    if (asOurs && asPytorch) {
      square = square.or(() -> text);
    } else if (asOurs) {
      ours = ours.or(() -> text);
    } else if (asPytorch) {
      pytorch = pytorch.or(() -> text);
    }
  }

  /**
   * Decide the layout.
   *
   * @param asked the layout asked for
   * @param metadata the file's free texts
   */
  Layout layout(Layout asked, Map<String, String> metadata) {
    if (asked != Layout.AUTOMATIC) {
      return asked;
    }
    if (ours.isPresent() && pytorch.isPresent()) {
      throw refusal.because(
          "all matrices must have one layout",
          ours.get() + " as [in, out] and " + pytorch.get() + " as [out, in]",
          "choose layout ours or pytorch");
    }
    if (ours.isPresent() || pytorch.isPresent()) {
      return ours.isPresent() ? Layout.OURS : Layout.PYTORCH;
    }
    return square.isEmpty() ? Layout.OURS : ofMetadata(square.get(), metadata);
  }

  private Layout ofMetadata(String matrix, Map<String, String> metadata) {
    return Optional.ofNullable(metadata.get(Layout.FORMAT))
        .flatMap(Layout::ofFormat)
        .orElseThrow(
            () ->
                refusal.because(
                    "the layout must show in a matrix that is not square, or in the metadata",
                    "square ones only, such as " + matrix,
                    "choose layout ours [in, out] or pytorch [out, in]"));
  }
}
