namespace Mlops.Pipelines.Specification.Sections;

/// <summary>The options of trainers in words.</summary>
static class TrainerOptions
{
    public static string Describe(string option) => option switch
    {
        "trees" => "Number of trees",
        "leaves" => "Most leaves of a tree",
        "learning-rate" => "How much of each tree's step is taken",
        "min-rows-per-leaf" => "Fewest training rows in a leaf",
        "feature-fraction" => "Share of features that each tree may look at",
        "iterations" => "Most passes over the training rows",
        "l1" => "Weight of the L1 penalty",
        "l2" => "Weight of the L2 penalty",
        "threads" => "Threads while fitting; part of the model, so never taken from the machine",
        _ => option,
    };
}
