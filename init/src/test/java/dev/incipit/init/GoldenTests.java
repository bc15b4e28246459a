package dev.incipit.init;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Shape;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Hold the bits of drawn weights: equal on every machine, at every vector width.
 *
 * <p>Each hash is the SHA-256 of the weights [101, 67] as big-endian floats. A change of one means
 * that every user's seeds give other networks: say so in the changelog.
 */
@Tag("width")
final class GoldenTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          he-normal                    | fe7cbb947ddd7b1eadaf030b04b7be407a0dcae85c8fd6247e332fe7f537146e
          he-uniform(slope=0.1)        | 5623e66b60b793b54739b10563240cece4fed9467a663751ea5dd21b41b549d6
          xavier-uniform               | 51c7761a470393dd0f9dec52477ab1f5306a211ae3dcaa0c7b7da59ba5fb7ea1
          lecun-normal                 | 02ccee9062e3b9cf7cb62fa64f5e489d88d93fb02756017550843a63a534b23b
          normal(mean=1, std=0.01)     | 90384f75e55dcdb2db14bdf4499932e07fb9cca042ccac1fe3228ff623e9ba7c
          truncated-normal(0.02)       | 7c3283a72db78fb37182c69762b46437b38a3b3dadc3cdfd290719bd76b96098
          truncated-normal(1, cut=0.5) | 0be94fd77c5e4350257ebc67eb6a17714189952d787fc032d144215dd85e55d0
          truncated-normal(1, cut=4)   | ebda3fae199a1029df0ca517baa4af2c96bce6a237844133fbfa92a6fa7e00db
          variance-scaling(1, average, truncated-normal) | ae3a3142137941939f886857919da0731cacc1545e36044e2852f5184b82cb97
          orthogonal                   | e2486879c1256e16930a4e4cc3bc7e12b19af39898dcc0a0931b59770edc614e
          sparse                       | bdcc7e11c29ae74d0de842ea642e4346c64f318ea9e8a7d96138ace57e82e7b7
          nguyen-widrow                | a7f877394f805bd19fd3d1b3dae0ca8c389c0981d9c9aaabc6c2de4133bf05b1
          identity(shift=3)            | 91cca138ed05f66c97b2028c3e2a8b9f9a7f6a6a021092ce6f2ce952b0673322
          uniform(low=-0.05, high=0.3) | 69dde488f2414ef610415063af364b26bb1f2ffa91a7633b0bc40f4f98854f3e
          """)
  void drawsTheSameBitsEverywhere(String text, String hash) throws NoSuchAlgorithmException {
    float[] weights =
        Initializer.parse(text)
            .initialize(Shape.of(101, 67), RandomKey.of(42).split("dense1"))
            .toArray();
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * weights.length);
    bytes.asFloatBuffer().put(weights);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
    assertEquals(hash, HexFormat.of().formatHex(digest));
  }
}
