namespace Mlops.Engine;

/// <summary>
/// A call that will most likely be made with a raw file whose digest is still to be taken, and that reads
/// nothing but that file: the stage's body is executed over the file meanwhile.
/// </summary>
public sealed class ForeseenCall
{
    readonly Func<StageContext, long, FormerFile<object>?, Task<object>> execute;

    ForeseenCall(
        Func<StageContext, long, FormerFile<object>?, Task<object>> execute,
        Func<Digest, long, StageCall> callWith) =>
        (this.execute, CallWith) = (execute, callWith);

    /// <param name="input">Made of the digest and the length of the file. While the body is executed the
    /// digest is not known yet, and its context opens the file by whatever it was given.</param>
    /// <param name="body">What gives the same as the stage's body, perhaps sooner: it may be told what the
    /// file was before.</param>
    public static ForeseenCall Of<TInput, TOutput>(
        Stage<TInput, TOutput> stage, Func<Digest, long, TInput> input,
        Func<StageContext, TInput, FormerFile<TOutput>?, Task<TOutput>> body)
        where TOutput : class => new(
            async (context, lengthBytes, former) => await body(
                context, input(default, lengthBytes),
                former is null ? null : new((TOutput)former.Output, former.IsBeginning)),
            (digest, lengthBytes) => StageCall.Of(stage, input(digest, lengthBytes)));

    /// <summary>The call for a file of that digest and length.</summary>
    internal Func<Digest, long, StageCall> CallWith { get; }

    /// <remarks>Nothing can be made below a file, so a body that writes fails.</remarks>
    internal Task<object> Execute(
        string file, FormerFile<object>? former, CancellationToken cancellation) => execute(
            new ScratchContext(
                Path.Combine(file, "nothing"),
                new Dictionary<Digest, string> { [default] = file }, null, cancellation),
            new FileInfo(file).Length, former);
}

/// <summary>What a file was that has become longer.</summary>
/// <param name="Output">What the call gave for it.</param>
/// <param name="IsBeginning">Ends when the digest is taken as far as it was long: whether the file still
/// begins with all that it was.</param>
public sealed record FormerFile<TOutput>(TOutput Output, Task<bool> IsBeginning);
