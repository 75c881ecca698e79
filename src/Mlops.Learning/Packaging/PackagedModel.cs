using Mlops.Learning.Training;

namespace Mlops.Learning.Packaging;

/// <summary>
/// A model that was packaged, and the champion that it was measured against when it first was.
/// </summary>
public sealed record PackagedModel(TrainedModel Model, TrainedModel? Champion);
