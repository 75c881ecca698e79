using System.Text.Json.Serialization;
using Mlops.Learning.Evaluation;
using Mlops.Learning.Monitoring;
using Mlops.Learning.Packaging;
using Mlops.Learning.Sweeping;
using Mlops.Learning.Training;

namespace Mlops.Learning;

/// <summary>How this layer's records are written into keys, traces and artifacts.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(TrainInput))]
[JsonSerializable(typeof(TrainedModel))]
[JsonSerializable(typeof(IReadOnlyList<PackagedModel>))]
[JsonSerializable(typeof(TrainingDetails))]
[JsonSerializable(typeof(TrialInput))]
[JsonSerializable(typeof(TrialResult))]
[JsonSerializable(typeof(SweepDetails))]
[JsonSerializable(typeof(EvaluateInput))]
[JsonSerializable(typeof(ModelEvaluation))]
[JsonSerializable(typeof(EvaluationDetails))]
[JsonSerializable(typeof(PackageInput))]
[JsonSerializable(typeof(ModelPackage))]
[JsonSerializable(typeof(OpenPackageInput))]
[JsonSerializable(typeof(OpenedPackage))]
[JsonSerializable(typeof(MonitorInput))]
[JsonSerializable(typeof(MonitorResult))]
[JsonSerializable(typeof(MonitorDetails))]
[JsonSerializable(typeof(ReferenceProfile))]
public sealed partial class LearningJson : JsonSerializerContext;
