/**
 * Weight initializers: how a network's weights are drawn before learning begins.
 *
 * <p>An {@link dev.incipit.init.Initializer} is a value: it fills a tensor from a key, states the
 * {@link dev.incipit.init.Theory} of what it draws, and prints the text that {@link
 * dev.incipit.init.Initializer#parse} reads back. {@link dev.incipit.init.He}, {@link
 * dev.incipit.init.Xavier} and {@link dev.incipit.init.LeCun} are famous names on one formula,
 * {@link dev.incipit.init.VarianceScaling}. {@link dev.incipit.init.Fan} alone knows which axis of
 * a weight tensor is which. {@link dev.incipit.init.Gain} says what an activation asks of the
 * weights before it, by the theory in {@link dev.incipit.init.theory}. Initialization that looks at
 * data is the business of {@link dev.incipit.init.calibrate}.
 *
 * <h2>Which one to choose</h2>
 *
 * <p>Weights must differ from unit to unit, or units that receive equal gradients stay equal for
 * ever: so no {@link dev.incipit.init.Constant} but for biases. And they must have the right size.
 * A layer multiplies the mean square of its signal by {@code fanIn * variance * E[f(z)^2]}, and on
 * the way back that of the gradient by {@code fanOut * variance * E[f'(z)^2]}; over depth such
 * factors are raised to its power, and a {@link dev.incipit.init.Normal} whose deviation ignores
 * the fan lets signals vanish or explode. So choose by the activation; {@link
 * dev.incipit.init.Initializer#recommendedFor} reads this table:
 *
 * <table class="striped">
 *   <caption>Initializers of the weights before an activation</caption>
 *   <thead>
 *     <tr><th scope="col">activation</th><th scope="col">initializer</th>
 *       <th scope="col">reason</th><th scope="col">source</th></tr>
 *   </thead>
 *   <tbody>
 *     <tr><th scope="row">tanh, sigmoid</th><td>{@code xavier-normal}: 2 / (in + out)</td>
 *       <td>nearly linear around 0; the average of what the signal wants, 1 / in, and the gradient,
 *       1 / out</td><td>Glorot and Bengio 2010</td></tr>
 *     <tr><th scope="row">relu</th><td>{@code he-normal}: 2 / in</td>
 *       <td>half of the mean square passes, forward and backward</td><td>He et al. 2015</td></tr>
 *     <tr><th scope="row">leaky relu, prelu of slope a</th>
 *       <td>{@code he-normal(slope=a)}: 2 / ((1 + a^2) in)</td>
 *       <td>(1 + a^2) / 2 of the mean square passes</td><td>He et al. 2015</td></tr>
 *     <tr><th scope="row">selu</th><td>{@code lecun-normal}: 1 / in</td>
 *       <td>selu draws mean and variance to 0 and 1 behind such weights</td>
 *       <td>Klambauer et al. 2017</td></tr>
 *     <tr><th scope="row">none</th><td>{@code lecun-normal}: 1 / in</td>
 *       <td>a sum of in products keeps the variance</td><td>LeCun et al. 1998</td></tr>
 *     <tr><th scope="row">elu, gelu, silu, mish, softplus, softsign, any other</th>
 *       <td>{@code variance-scaling}: gain^2 / in</td>
 *       <td>He's derivation with this function's own integral, {@link
 *       dev.incipit.init.Gain#of}</td><td>He et al. 2015, section 2.2</td></tr>
 *   </tbody>
 * </table>
 *
 * <p>Normal or uniform makes no difference that the derivations know of. Fan in keeps the signal's
 * size, fan out the gradient's ({@link dev.incipit.init.FanMode}); either serves, for along a chain
 * of layers all but the first and last fan cancel.
 *
 * <p>Beyond the variance:
 *
 * <ul>
 *   <li>{@link dev.incipit.init.Orthogonal} keeps lengths and angles too, not only on average, as
 *       far as the activation lets it: for very deep networks and for recurrent ones (Saxe et al.
 *       2014). {@link dev.incipit.init.Identity} passes on what comes in (Le et al. 2015).
 *   <li>{@link dev.incipit.init.Sparse} keeps units unlike each other in very wide layers (Martens
 *       2010).
 *   <li>{@link dev.incipit.init.NguyenWidrow} spreads the tanh units of a shallow network over a
 *       bounded input (Nguyen and Widrow 1990).
 *   <li>{@link dev.incipit.init.TruncatedNormal} has no outliers; here it keeps its variance.
 *   <li>Where theory has no answer, in mixtures of layers, let a batch of data decide: {@link
 *       dev.incipit.init.calibrate} has LSUV (Mishkin and Matas 2016) and within-layer and
 *       between-layer normalization (Krahenbuhl et al. 2016).
 *   <li>Where a network trained on a similar task exists, begin with its weights.
 * </ul>
 *
 * <p>Biases begin at zero: differing weights break the symmetry already. {@code constant(1)}, as in
 * some layers of AlexNet, lets rectifiers begin in their active half; tiny constants for relu are
 * customary, too.
 *
 * <p>A warning about a widespread misprint: texts that give {@code sqrt(2 / (in + out))} or {@code
 * sqrt(2 / in)} as the <em>variance</em> of Xavier's or He's weights mean the standard deviation.
 *
 * <h2>To add one</h2>
 *
 * <p>A new family is one record, one entry of the catalogue and one row of the tests' table; the
 * tests fail while one of them is missing. This package stands on tensors and random keys, and
 * knows nothing of layers. Start at {@link dev.incipit.init.Initializer}.
 */
@NullMarked
package dev.incipit.init;

import org.jspecify.annotations.NullMarked;
