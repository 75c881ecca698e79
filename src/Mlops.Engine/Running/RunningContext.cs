using System.Diagnostics;

namespace Mlops.Engine;

/// <summary>What a stage's body sees while it runs in the engine.</summary>
sealed class RunningContext(Workspace workspace, Executor executor, Seat seat, Caller caller)
    : StageContext, IDisposable
{
    /// <summary>From here on keys are worth a task each.</summary>
    const int Many = 16;

    readonly List<Digest> children = [];
    readonly HashSet<CalledStage> called = [];
    readonly Guesses guesses = new(executor, caller);
    long bytesRead, bytesWritten;
    TimeSpan waited, calledElapsed, calledCpu;
    int executing;
    string? scratch;

    public override CancellationToken Cancellation => executor.CancellationOf(caller);

    public IReadOnlyList<Digest> Children
    {
        get
        {
            lock (children)
                return [.. children.Distinct()];
        }
    }

    public IReadOnlyList<CalledStage> Called
    {
        get
        {
            lock (children)
                return [.. called.OrderBy(stage => stage.Name, StringComparer.Ordinal)];
        }
    }

    public long BytesRead => Interlocked.Read(ref bytesRead);

    public long BytesWritten => Interlocked.Read(ref bytesWritten);

    /// <summary>
    /// How long the body waited for its calls, less what the calls took themselves: taken off the body's
    /// time, it leaves the work that was done for it, whatever else the run was busy with.
    /// </summary>
    public TimeSpan Waited
    {
        get
        {
            lock (children)
                return waited - calledElapsed;
        }
    }

    /// <summary>CPU time of the calls that ran for the body.</summary>
    public TimeSpan CalledCpu
    {
        get
        {
            lock (children)
                return calledCpu;
        }
    }

    public override string ScratchDirectory =>
        scratch ??= Directory.CreateDirectory(workspace.Artifacts.Aside()).FullName;

    public override async Task<TOutput> Call<TInput, TOutput>(Stage<TInput, TOutput> stage, TInput input) =>
        (await CallAll(stage, [input]))[0];

    public override async Task<IReadOnlyList<TOutput>> CallAll<TInput, TOutput>(
        Stage<TInput, TOutput> stage, IEnumerable<TInput> inputs)
    {
        var calls = await Calls(stage, inputs);
        return await CallAll<TInput, TOutput>(
            stage, calls, () => All([.. calls.Select(call => Begin(call, null))]));
    }

    public override async Task<IReadOnlyList<TOutput>> CallAll<TInput, TOutput>(
        Stage<TInput, TOutput> stage, IEnumerable<TInput> inputs, Action<IReadOnlyList<TOutput?>> looked)
        where TOutput : class
    {
        var calls = await Calls(stage, inputs);
        return await CallAll<TInput, TOutput>(stage, calls, async () =>
        {
            Task<Found?>[] lookups = [.. calls.Select(executor.Find)];
            Task<Completed>[] begun =
                [.. calls.Select(async (call, i) => await Begin(call, await lookups[i]))];
            var found = await Task.WhenAll(lookups);
            executing = 0;
            for (var i = 0; i < calls.Length; i++)
                executing += found[i] is null ? calls[i].Cores : 0;
            if (executing > 0 && found.Any(each => each is not null))
                looked([.. found.Select(each => (TOutput?)each?.Output)]);
            return await All(begun);
        });
    }

    /// <summary>The keys of many, each of a group of inputs, take a while to make: on all cores.</summary>
    static async Task<StageCall[]> Calls<TInput, TOutput>(
        Stage<TInput, TOutput> stage, IEnumerable<TInput> inputs)
    {
        var all = inputs.ToList();
        return all.Count < Many
            ? [.. all.Select(input => StageCall.Of(stage, input))]
            : await Task.WhenAll(all.Select(input => Task.Run(() => StageCall.Of(stage, input))));
    }

    async Task<IReadOnlyList<TOutput>> CallAll<TInput, TOutput>(
        Stage<TInput, TOutput> stage, StageCall[] calls, Func<Task<Completed[]>> all)
    {
        lock (children)
            children.AddRange(calls.Select(call => call.Key.Digest));
        var start = Stopwatch.GetTimestamp();
        Completed[] completed;
        try
        {
            completed = await seat.Leave(all);
        }
        finally
        {
            lock (children)
                waited += Stopwatch.GetElapsedTime(start);
        }
        lock (children)
        {
            if (completed.Length > 0)
                called.Add(new CalledStage(stage.Name, stage.Version, stage.Toolchain));
            called.UnionWith(completed.SelectMany(call => call.Found.Trace.Called ?? []));
        }
        return [.. completed.Select(call => (TOutput)call.Found.Output)];
    }

    /// <remarks>
    /// Those that are being executed meanwhile have their cores. The first that too few are left for ends it:
    /// to make the keys of all would cost more than a narrower one could save.
    /// </remarks>
    public override void Foresee<TInput, TOutput>(Stage<TInput, TOutput> stage, IEnumerable<TInput> inputs)
    {
        var idle = Math.Min(executor.Idle, executor.Cores - executing);
        using var next = inputs.GetEnumerator();
        while (idle > 0 && next.MoveNext())
        {
            var call = StageCall.Of(stage, next.Current);
            idle -= call.Cores;
            if (idle >= 0)
                guesses.Begin(call);
        }
    }

    /// <summary>
    /// Gives up what was foreseen and not called; what it took is charged all the same.
    /// </summary>
    public async Task EndForeseen()
    {
        var start = Stopwatch.GetTimestamp();
        var finished = await guesses.End(seat);
        lock (children)
        {
            waited += Stopwatch.GetElapsedTime(start);
            foreach (var completed in finished)
                Charge(completed);
        }
    }

    async Task<Completed> Begin(StageCall call, Found? found)
    {
        var completed = await (guesses.Make(call.Key.Digest) ?? executor.Complete(call, caller, found));
        lock (children)
            Charge(completed);
        return completed;
    }

    void Charge(Completed completed)
    {
        calledElapsed += completed.Elapsed;
        calledCpu += completed.Cpu;
    }

    /// <summary>Waits for all calls; what is wrong with several of them is said together.</summary>
    static async Task<Completed[]> All(Task<Completed>[] begun)
    {
        try
        {
            return await Task.WhenAll(begun);
        }
        catch (ProblemException)
        {
            throw new ProblemException([.. begun
                .Select(call => call.Exception?.InnerException).OfType<ProblemException>()
                .SelectMany(problem => problem.Problems)]);
        }
    }

    /// <summary>What the body asked for and the store does not have whole; null if nothing.</summary>
    public Artifact? Missing { get; private set; }

    public override string Locate(Artifact artifact)
    {
        if (workspace.Artifacts.FindWhole(artifact.Digest) is null)
            Missing = artifact;
        var path = workspace.Artifacts.Locate(artifact);
        Interlocked.Add(ref bytesRead, artifact.LengthBytes);
        return path;
    }

    public override Stream OpenSource(Digest source)
    {
        var whole = Whole(source);
        var piece = whole is null ? workspace.Pieces.Find(source) : null;
        var path = whole ?? (piece is { } known ? Whole(known.Source) : null) ?? throw Lost(source);
        return Open(path, () =>
        {
            var stream = new VerifyingStream(path, source, piece?.Piece);
            Interlocked.Add(ref bytesRead, stream.Length);
            return stream;
        });
    }

    public override RawFile OpenRaw(Digest source)
    {
        if (Listed(source) is not { } path)
            return new RawFile(workspace.Artifacts.FindWhole(source) ?? throw Lost(source), () => { });
        return Open(path, () =>
        {
            var file = new RawFile(path, () =>
            {
                if (workspace.Sources.DigestOf(path) != source)
                    throw VerifyingStream.Changed(path, source);
            });
            Interlocked.Add(ref bytesRead, file.LengthBytes);
            return file;
        });
    }

    public override void Piece(Digest source, RawPiece piece) => workspace.Pieces.Add(source, piece);

    static T Open<T>(string path, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception refused) when (StoreFaults.IsOfDisk(refused))
        {
            throw new ProblemException([SourceProblem.Unreadable(path, refused)], inner: refused);
        }
    }

    string? Whole(Digest source) => Listed(source) ?? workspace.Artifacts.FindWhole(source);

    string? Listed(Digest source) =>
        workspace.Sources.PathOf(source) is { } path && File.Exists(path) ? path : null;

    /// <remarks>
    /// The system copies, sharing blocks where it can; then the file's stamp says whether it
    /// still is the same.
    /// </remarks>
    public override Task CopySource(Digest source, string path)
    {
        if (Listed(source) is { } file)
        {
            File.Copy(file, path);
            if (workspace.Sources.DigestOf(file) != source)
                throw VerifyingStream.Changed(file, source);
        }
        else if (workspace.Artifacts.FindWhole(source) is null && workspace.Pieces.Find(source) is not null)
            return base.CopySource(source, path);
        else
            File.Copy(workspace.Artifacts.FindWhole(source) ?? throw Lost(source), path);
        Interlocked.Add(ref bytesRead, new FileInfo(path).Length);
        return Task.CompletedTask;
    }

    /// <remarks>A raw file is lost; what another step made can be made again.</remarks>
    ProblemException Lost(Digest source)
    {
        Missing = new Artifact(source, 0, "application/octet-stream");
        return new ProblemException(new Problem(
            "ENGINE-007",
            "A source file that the key names is not where this process listed it, and not in the store.",
            Actual: source.ToString(), Next: "Run the pipeline where the file is."));
    }

    public override async Task<Artifact> Write(string mediaType, Func<Stream, Task> write) =>
        Counted(await workspace.Artifacts.Write(mediaType, write, Cancellation));

    public override Task<Artifact> WriteFile(string mediaType, string path) =>
        Task.FromResult(Counted(workspace.Artifacts.TakeOver(mediaType, path, Cancellation)));

    public override void Progress(string text) => caller.Progress(text);

    Artifact Counted(Artifact written)
    {
        Interlocked.Add(ref bytesWritten, written.LengthBytes);
        return written;
    }

    public void Dispose()
    {
        if (scratch is not null)
            AtomicFiles.Remove(scratch);
    }
}
