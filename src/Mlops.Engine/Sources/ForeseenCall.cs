namespace Mlops.Engine;

/// <summary>
/// A call that will most likely be made with a raw file whose digest is still to be taken, and that reads
/// nothing but that file: the stage's body is executed over the file meanwhile.
/// </summary>
public sealed class ForeseenCall
{
    readonly Func<StageContext, long, Task<object>> execute;
    readonly Func<Digest, long, Digest> keyOf;

    ForeseenCall(Func<StageContext, long, Task<object>> execute, Func<Digest, long, Digest> keyOf) =>
        (this.execute, this.keyOf) = (execute, keyOf);

    /// <param name="input">Made of the digest and the length of the file. While the body is executed the
    /// digest is not known yet, and its context opens the file by whatever it was given.</param>
    public static ForeseenCall Of<TInput, TOutput>(
        Stage<TInput, TOutput> stage, Func<Digest, long, TInput> input) => new(
            async (context, lengthBytes) => (await stage.Body(context, input(default, lengthBytes)))!,
            (digest, lengthBytes) => StageCall.Of(stage, input(digest, lengthBytes)).Key.Digest);

    internal Digest KeyOf(SourceReading reading) => keyOf(reading.Digest, reading.Stamp.LengthBytes);

    /// <remarks>Nothing can be made below a file, so a body that writes fails.</remarks>
    internal Task<object> Execute(string file, CancellationToken cancellation) => execute(
        new ScratchContext(
            Path.Combine(file, "nothing"),
            new Dictionary<Digest, string> { [default] = file }, null, cancellation),
        new FileInfo(file).Length);
}
