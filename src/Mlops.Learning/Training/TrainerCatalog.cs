namespace Mlops.Learning.Training;

/// <summary>
/// The trainers that a pipeline may name, and their options; readable without loading ML.NET.
/// </summary>
public static class TrainerCatalog
{
    static readonly IReadOnlyList<LearningTask> AnyTask =
        [LearningTask.Binary, LearningTask.Multiclass, LearningTask.Regression];

    static readonly TrainerOption LearningRate = new("learning-rate", 0.1, 1e-6, 10, false);
    static readonly TrainerOption MinRowsPerLeaf = new("min-rows-per-leaf", 20, 1, 1e6, true);
    static readonly TrainerOption Leaves = new("leaves", 31, 2, 4096, true);
    static readonly TrainerOption ForestLeaves = Leaves with { Default = 128 };
    static readonly TrainerOption ForestMinRowsPerLeaf = MinRowsPerLeaf with { Default = 5 };
    static readonly TrainerOption L1 = new("l1", 0, 0, 1e6, false);
    static readonly TrainerOption L2 = new("l2", 0, 0, 1e6, false);
    static readonly TrainerOption LbfgsL2 = L2 with { Default = 1 };
    static readonly TrainerOption FeatureFraction = new("feature-fraction", 1, 1e-3, 1, false);
    static readonly TrainerOption FeatureFractionPerSplit = FeatureFraction with { Default = 0.7 };
    static readonly TrainerOption Threads = new("threads", 1, 1, 256, true);
    static readonly TrainerOption OneThread = new("threads", 1, 1, 1, true);

    static TrainerOption Trees(int number) => new("trees", number, 1, 100_000, true);

    static TrainerOption Iterations(int number) => new("iterations", number, 1, 100_000, true);

    public static IReadOnlyList<TrainerDescription> All { get; } =
    [
        new("fast-tree", AnyTask, "Gradient-boosted trees",
            [Trees(100), Leaves, LearningRate, MinRowsPerLeaf, FeatureFraction, Threads]),
        new("fast-forest", AnyTask, "Random forest of regression trees",
            [Trees(100), ForestLeaves, ForestMinRowsPerLeaf, FeatureFractionPerSplit, Threads]),
        new("light-gbm", AnyTask, "Gradient-boosted trees, leaf-wise (LightGBM)",
            [Trees(100), Leaves, LearningRate, MinRowsPerLeaf, FeatureFraction, L1, L2, Threads]),
        new("sdca", AnyTask, "Linear model by stochastic dual coordinate ascent",
            [Iterations(50), L1, L2, OneThread]),
        new("lbfgs", AnyTask, "Linear model by L-BFGS (Poisson regression for numbers)",
            [Iterations(100), L1, LbfgsL2, OneThread]),
    ];

    public static TrainerDescription? Find(string name) =>
        All.FirstOrDefault(trainer => trainer.Name == name);

    /// <summary>Whether numbers must be brought to one scale for it.</summary>
    public static bool IsLinear(string name) => name is "sdca" or "lbfgs";

    /// <summary>The same trainer with every option that it has written out and no other.</summary>
    /// <exception cref="KeyNotFoundException">There is no such trainer.</exception>
    public static TrainerSpecification WithDefaults(TrainerSpecification given)
    {
        var trainer = Find(given.Name)
            ?? throw new KeyNotFoundException($"There is no trainer '{given.Name}'.");
        return new TrainerSpecification(
            given.Name,
            Whole("trees", given.Trees),
            Whole("leaves", given.Leaves),
            Number("learning-rate", given.LearningRate),
            Whole("min-rows-per-leaf", given.MinRowsPerLeaf),
            Number("feature-fraction", given.FeatureFraction),
            Whole("iterations", given.Iterations),
            Number("l1", given.L1),
            Number("l2", given.L2),
            Whole("threads", given.Threads));

        double? Number(string option, double? value) =>
            trainer.Options.FirstOrDefault(known => known.Name == option) is { } found
                ? value ?? found.Default
                : null;

        int? Whole(string option, int? value) => (int?)Number(option, value);
    }
}

public sealed record TrainerDescription(
    string Name, IReadOnlyList<LearningTask> Tasks, string Description, IReadOnlyList<TrainerOption> Options);

/// <param name="Min">Least value that is accepted, as <paramref name="Max"/> is the largest.</param>
/// <param name="Whole">Only whole numbers are allowed.</param>
public sealed record TrainerOption(string Name, double Default, double Min, double Max, bool Whole);
